import type { Capability } from '../../../manifest/index.ts';
import type { Programs } from '../../services/programs/index.ts';
import { findGrant, type Need } from '../capabilities.ts';
import type { HandlersOf } from '../handler.ts';
import type { Rates } from '../rates.ts';

/** What the requests to run programs work on. */
export interface ProgramsPorts {
  readonly programs: Programs;
  readonly rates: Rates;
  /** What the plugin may do now. */
  capabilities(): readonly Capability[];
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Answers the requests to run programs. */
export function programHandlers(ports: ProgramsPorts): HandlersOf<'process/run'> {
  const needOf = (command: string): Need => ({ scope: 'process', action: 'run', resource: command });
  const grantOf = (command: string) => findGrant(ports.capabilities(), needOf(command), ports.now());
  return {
    'process/run': {
      check: ({ command }) => ({ need: needOf(command), granted: grantOf(command) !== undefined }),
      run: async (params, signal) => {
        ports.rates.use(grantOf(params.command));
        return { ...(await ports.programs.run(params, signal)) };
      },
    },
  };
}

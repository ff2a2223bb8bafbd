import type { PluginManifest } from '../../../manifest/index.ts';
import type { Json } from '../../../protocol/plugin/index.ts';
import { type Commands, mayRegister } from '../../services/commands.ts';
import { type HandlersOf, own } from '../handler.ts';

/** What the requests about commands work on. */
export interface CommandPorts {
  readonly manifest: PluginManifest;
  readonly commands: Commands;
  /** Runs a command of this or another plugin. */
  execute(id: string, args: Json, signal: AbortSignal): Promise<Json>;
}

type Methods = 'commands/register' | 'commands/unregister' | 'commands/execute';

/** Answers the requests about commands. */
export function commandHandlers({ manifest, commands, execute }: CommandPorts): HandlersOf<Methods> {
  return {
    'commands/register': {
      check: p => own('commands', 'register', p.id, mayRegister(manifest, p.id)),
      run: p => {
        commands.register(p.id);
        return null;
      },
    },
    'commands/unregister': {
      check: p => own('commands', 'unregister', p.id),
      run: p => {
        commands.unregister(p.id);
        return null;
      },
    },
    'commands/execute': {
      check: p => own('commands', 'execute', p.id),
      run: (p, signal) => execute(p.id, p.args, signal),
    },
  };
}

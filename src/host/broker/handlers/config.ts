import type { Config } from '../../services/config.ts';
import { type HandlersOf, own } from '../handler.ts';

/** What the requests about settings work on. */
export interface ConfigPorts {
  readonly config: Config;
  configChanged(): void;
}

/** Answers the requests about the plugin's own settings. */
export function configHandlers({ config, configChanged }: ConfigPorts): HandlersOf<'config/set'> {
  return {
    'config/set': {
      check: p => own('config', 'set', p.key),
      run: async p => {
        await config.set(p.key, p.value);
        configChanged();
        return null;
      },
    },
  };
}

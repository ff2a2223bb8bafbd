import type { PluginManifest } from '../../manifest/index.ts';
import type { Neighbour } from '../services/neighbour.ts';
import { createRegistrations } from '../services/registrations.ts';
import type { Calls } from './calls.ts';
import type { Generation } from './generation.ts';

/** What a plugin shows to the others. */
export interface NeighbourParts {
  readonly pluginId: string;
  manifest(): PluginManifest;
  /** The generation whose registrations count; `undefined` before the first was active. */
  shown(): Generation | undefined;
  readonly calls: Pick<Calls, 'ask' | 'tell'>;
  hasCommand(id: string): boolean;
  /** Whether broadcasts are for it as long as it has registered nothing. */
  wantsBroadcasts(): boolean;
}

/** Makes the plugin that the others see, whichever instance of it serves. */
export function createNeighbour(parts: NeighbourParts): Neighbour {
  const { pluginId, manifest, shown, calls, hasCommand } = parts;
  const nothing = createRegistrations({ nextOrder: () => 0, previous: () => undefined });
  const broadcasts = createRegistrations({ nextOrder: () => 0, previous: () => undefined });
  broadcasts.listening = true;
  return {
    pluginId,
    get manifest() {
      return manifest();
    },
    commands: { has: hasCommand },
    get registrations() {
      return shown()?.registrations ?? (parts.wantsBroadcasts() ? broadcasts : nothing);
    },
    ask: calls.ask,
    tell: calls.tell,
  };
}

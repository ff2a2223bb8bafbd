import type { HostEvent } from '../../protocol/editor/index.ts';
import type { Denial } from './denial-tally.ts';

/** What plugins were refused in this run, each thing once. Keyed by plugin. */
export interface DeniedNeeds {
  /** Takes in what the host tells; true when what is known of `pluginId` has changed. */
  receive(event: HostEvent): { readonly pluginId: string } | undefined;
  of(pluginId: string): readonly Denial[];
}

/** A plugin chooses what it asks for: more than this many marks help nobody. */
const MOST = 20;

/** Makes an empty list. */
export function createDeniedNeeds(): DeniedNeeds {
  const denied = new Map<string, Map<string, Denial>>();
  const generations = new Map<string, string>();
  return {
    of: pluginId => [...(denied.get(pluginId)?.values() ?? [])],
    receive: event => {
      if (event.type === 'audit' && !event.allowed && event.grant !== undefined) {
        const { pluginId, scope, action, resource, grant } = event;
        const known = denied.get(pluginId) ?? new Map<string, Denial>();
        const key = JSON.stringify([scope, action, resource]);
        if (known.has(key) || known.size >= MOST) return undefined;
        denied.set(pluginId, known.set(key, { scope, action, resource, grant }));
        return { pluginId };
      }
      if (event.type === 'grants')
        return denied.delete(event.pluginId) ? { pluginId: event.pluginId } : undefined;
      if (event.type !== 'state') return undefined;
      // A start and each reload begin anew: what is still missing is refused again.
      const { pluginId, generation, state } = event.status;
      const life = `${generation}`;
      const isNew = state === 'starting' || (state === 'running' && generations.get(pluginId) !== life);
      if (state === 'running') generations.set(pluginId, life);
      return isNew && denied.delete(pluginId) ? { pluginId } : undefined;
    },
  };
}

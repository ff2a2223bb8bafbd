import type { PluginManifest } from '../../manifest/index.ts';

/** Most event names one instance may listen to. */
export const MAX_SUBSCRIPTIONS = 1000;

/** The names of the events an instance listens to. */
export interface Subscriptions {
  /** False when the instance listens to too many already. */
  add(name: string): boolean;
  remove(name: string): void;
  has(name: string): boolean;
}

/** Makes an empty set of subscriptions. */
export function createSubscriptions(): Subscriptions {
  const names = new Set<string>();
  return {
    add: name => {
      if (names.size >= MAX_SUBSCRIPTIONS && !names.has(name)) return false;
      names.add(name);
      return true;
    },
    remove: name => {
      names.delete(name);
    },
    has: name => names.has(name),
  };
}

/** True when the manifest lets the plugin announce the event; where the profile lists no events, any may be. */
export function mayEmit(manifest: PluginManifest, name: string): boolean {
  return manifest.contributions.events?.includes(name) ?? true;
}

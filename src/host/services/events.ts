import type { PluginManifest } from '../../manifest/index.ts';
import { compilePattern, type EventMatcher, isPattern, partsOf } from './event-patterns.ts';

/** Most event names one instance may listen to, patterns included. */
export const MAX_SUBSCRIPTIONS = 1000;

/** Most patterns among them: each is compared with every event of every plugin. */
export const MAX_PATTERNS = 200;

/** The events an instance listens to. */
export interface Subscriptions {
  /** Takes a name or a pattern; false when the instance listens to too many already. */
  add(name: string): boolean;
  remove(name: string): void;
  /** The subscriptions that an event matches, in the order they were made. */
  match(event: string): readonly string[];
}

/** Makes an empty set of subscriptions. */
export function createSubscriptions(): Subscriptions {
  /** In the order they were made; without a matcher where a name is meant as it stands. */
  const known = new Map<string, EventMatcher | undefined>();
  let patterns = 0;
  return {
    add: name => {
      if (known.has(name)) return true;
      const matcher = isPattern(name) ? compilePattern(name) : undefined;
      if (known.size >= MAX_SUBSCRIPTIONS || (matcher && patterns >= MAX_PATTERNS)) return false;
      known.set(name, matcher);
      if (matcher) patterns++;
      return true;
    },
    remove: name => {
      if (known.get(name)) patterns--;
      known.delete(name);
    },
    match: event => {
      if (patterns === 0) return known.has(event) ? [event] : [];
      const parts = partsOf(event);
      const found: string[] = [];
      for (const [name, matches] of known) {
        if (matches ? matches(parts) : name === event) found.push(name);
      }
      return found;
    },
  };
}

/** True when the manifest lets the plugin announce the event; where the profile lists no events, any may be. */
export function mayEmit(manifest: PluginManifest, name: string): boolean {
  return manifest.contributions.events?.includes(name) ?? true;
}

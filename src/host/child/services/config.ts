import { Emitter } from '../../../base/index.ts';
import type { Json } from '../../../protocol/plugin/index.ts';
import type { Config, ConfigChange } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** The plugin's settings, and how the host brings new ones. */
export interface ConfigService {
  readonly api: Config;
  /** Takes all settings anew and tells the listeners what is different. */
  replace(config: Readonly<Record<string, Json>>): void;
}

/**
 * Makes the settings, empty at first.
 *
 * @param onError receives what a listener throws
 */
export function createConfig(link: HostLink, onError: (error: unknown) => void): ConfigService {
  let values = new Map<string, Json>();
  const changes = new Emitter<ConfigChange>(onError);

  function replace(next: Map<string, Json>): void {
    const previous = values;
    values = next;
    for (const key of new Set([...previous.keys(), ...next.keys()])) {
      const change = { key, value: next.get(key), previous: previous.get(key) };
      // Settings are small, and their writer is one host, which keeps the order of the keys.
      if (JSON.stringify(change.value) !== JSON.stringify(change.previous)) changes.fire(change);
    }
  }

  function get<T>(key: string, fallback?: T): T | undefined {
    return values.has(key) ? (values.get(key) as T) : fallback;
  }

  return {
    api: {
      get: get as Config['get'],
      getAll: () => Object.fromEntries(values),
      set: async (key, value) => {
        if (value === undefined) throw new TypeError(`config.set("${key}") got no value.`);
        await link.call('config/set', { key, value });
        replace(new Map(values).set(key, value));
      },
      onDidChange: changes.event,
    },
    replace: config => replace(new Map(Object.entries(config))),
  };
}

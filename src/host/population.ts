import { WorkbenchError } from '../base/index.ts';
import type { Plugin } from './plugin/plugin.ts';
import { createExchange, type Exchange } from './services/exchange.ts';
import { createSharedMemory, type SharedMemory } from './services/memory/index.ts';

/** Names one plugin among all of a host: version and tenant are there when they tell plugins apart. */
export interface PluginName {
  readonly id: string;
  readonly version?: string | undefined;
  readonly tenant?: string | undefined;
}

/** How the plugins of a tenant name it: `<id>` or `<id>@<version>`. */
export function localIdOf({ id, version }: PluginName): string {
  return version === undefined ? id : `${id}@${version}`;
}

/** How front-ends name it: the local name, after `<tenant>/` for a tenant's plugin. */
export function addressOf(name: PluginName): string {
  return name.tenant === undefined ? localIdOf(name) : `${name.tenant}/${localIdOf(name)}`;
}

/** The plugins of a host, by address. Those of one tenant meet at one exchange, and know nothing of others. */
export interface Population {
  all(): readonly Plugin[];
  ofTenant(tenant: string | undefined): readonly Plugin[];
  exchange(tenant: string | undefined): Exchange;
  memory(tenant: string | undefined): SharedMemory;
  get(address: string): Plugin | undefined;
  /** @throws WorkbenchError `PW-PLUGIN-UNKNOWN` */
  find(address: string): Plugin;
  add(plugin: Plugin): void;
  /** Stops it and takes it out. */
  remove(plugin: Plugin): Promise<void>;
  /** Stops all, and removes what they shared. */
  removeAll(): Promise<void>;
  /**
   * Takes away a plugin of that address which has failed; one that runs stays.
   *
   * @throws WorkbenchError `PW-PLUGIN-RUNNING`, `PW-PLUGIN-DISABLED`, `PW-PLUGIN-ID-TAKEN`
   */
  makeRoom(address: string, dir: string): Promise<void>;
}

/** Makes an empty population. */
export function createPopulation(): Population {
  const plugins = new Map<string, Plugin>();
  const exchanges = new Map<string | undefined, Exchange>();
  const memories = new Map<string | undefined, SharedMemory>();
  const ofTenant = (tenant: string | undefined): Plugin[] =>
    [...plugins.values()].filter(plugin => plugin.tenant === tenant);

  async function remove(plugin: Plugin): Promise<void> {
    await plugin.stop();
    if (plugins.get(plugin.address) !== plugin) return;
    plugins.delete(plugin.address);
    await memories.get(plugin.tenant)?.forget(plugin.pluginId);
  }

  return {
    all: () => [...plugins.values()],
    ofTenant,
    exchange: tenant => {
      const known = exchanges.get(tenant);
      if (known) return known;
      const made = createExchange(() =>
        ofTenant(tenant)
          .filter(plugin => plugin.reachable)
          .map(plugin => plugin.neighbour),
      );
      exchanges.set(tenant, made);
      return made;
    },
    memory: tenant => {
      const known = memories.get(tenant);
      if (known) return known;
      const made = createSharedMemory();
      memories.set(tenant, made);
      return made;
    },
    get: address => plugins.get(address),
    find: address => {
      const plugin = plugins.get(address);
      if (plugin) return plugin;
      throw new WorkbenchError('PW-PLUGIN-UNKNOWN', `No plugin ${address} was started.`, {
        nextStep: 'Start it first.',
      });
    },
    add: plugin => {
      plugins.set(plugin.address, plugin);
    },
    remove,
    removeAll: async () => {
      await Promise.all([...plugins.values()].map(remove));
      for (const memory of memories.values()) await memory.end();
    },
    makeRoom: async (address, dir) => {
      const present = plugins.get(address);
      if (!present) return;
      if (present.state === 'failed' || present.state === 'stopping') return remove(present);
      if (present.dir === dir && present.state === 'disabled') throw disabledPlugin(address);
      if (present.dir === dir) {
        throw new WorkbenchError('PW-PLUGIN-RUNNING', `The plugin ${address} runs already.`, {
          nextStep: 'Reload it, or stop it first.',
        });
      }
      const message = `A plugin of the id ${address} runs already, from ${present.dir}.`;
      throw new WorkbenchError('PW-PLUGIN-ID-TAKEN', message, {
        nextStep: 'Stop that one first, or give this one another id.',
        details: { dir: present.dir },
      });
    },
  };
}

/** Why a plugin that is disabled does not start. */
export function disabledPlugin(address: string): WorkbenchError {
  return new WorkbenchError('PW-PLUGIN-DISABLED', `The plugin ${address} is disabled.`, {
    nextStep: 'Enable it.',
  });
}

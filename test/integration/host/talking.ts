import type { Json } from '../../../src/protocol/plugin/index.ts';
import { guideManifest } from './plugins.ts';
import type { World } from './world.ts';

/** Plugins that talk with one another. */
export interface Talking {
  /** Starts a plugin whose `activate` has that body, with `context` and `command(id, handler)` in reach. */
  start(id: string, body: string, manifest?: Record<string, unknown>): Promise<void>;
  /** Writes another body over a plugin's code; a reload takes it up. */
  rewrite(id: string, body: string): Promise<void>;
  call(pluginId: string, method: string, args?: Json, signal?: AbortSignal): Promise<Json>;
}

const code = (body: string): string => `
  import * as sdk from 'plugin-workbench';
  export async function activate(context) {
    const { events, messages, plugins, hooks, middleware, providers } = context;
    const command = (id, handler) => context.commands.register(id, handler);
    const later = ms => new Promise(resolve => setTimeout(resolve, ms));
    ${body}
  }`;

export function talkingIn(world: World): Talking {
  return {
    start: async (id, body, manifest = guideManifest(id)) => {
      const dir = await world.plugin(id, { 'plugin.json': manifest, 'index.mjs': code(body) });
      await world.host.start({ dir, watch: false });
    },
    rewrite: async (id, body) => {
      await world.plugin(id, { 'index.mjs': code(body) });
    },
    call: (pluginId, method, args = null, signal) => world.host.invoke({ pluginId, method, args }, signal),
  };
}

/** A LogoMesh manifest that exposes, consumes and says whether it takes part in messages. */
export function meshManifest(
  id: string,
  coordination: {
    readonly exposesMethods: readonly string[];
    readonly consumesMethods: readonly string[];
    readonly messaging?: boolean;
  },
): Record<string, unknown> {
  return {
    id,
    name: id,
    version: '1.0.0',
    runtime: 'nodejs',
    entrypoint: 'index.mjs',
    capabilities: [],
    resources: { maxMemoryMB: 128, maxCpuPercent: 100, maxFileHandles: 64 },
    dependencies: { system: [], plugins: [], packages: {} },
    coordination,
  };
}

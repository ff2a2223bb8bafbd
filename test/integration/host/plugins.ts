/** A manifest that may do nothing but answer any command; `more` is laid over it. */
export function guideManifest(
  id: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id,
    name: id,
    version: '1.0.0',
    description: 'A plugin for a test.',
    author: 'The tests',
    main: 'index.mjs',
    minHostVersion: '1.0.0',
    requiredFeatures: [],
    permissions: {},
    ...more,
  };
}

/** A LogoMesh manifest with the given limits. */
export function limitedManifest(
  id: string,
  resources: Readonly<Record<string, number>>,
): Record<string, unknown> {
  return {
    id,
    name: id,
    version: '1.0.0',
    runtime: 'nodejs',
    entrypoint: 'index.mjs',
    capabilities: [],
    resources: { maxMemoryMB: 128, maxCpuPercent: 100, maxFileHandles: 64, ...resources },
    dependencies: { system: [], plugins: [], packages: {} },
    coordination: {
      exposesMethods: ['eat', 'ping'],
      consumesMethods: [],
    },
  };
}

/** Counts calls, keeps the count over reloads, and says which text of its source answers. */
export function counter(label = 'first'): string {
  return `
    let count = 0;
    export function activate(context) {
      context.commands.register('count', async ({ ms = 0 } = {}) => {
        const n = ++count;
        if (ms > 0) await new Promise(resolve => setTimeout(resolve, ms));
        return { n, label: '${label}' };
      });
    }
    export const getState = () => ({ count });
    export const restoreState = state => { count = state.count; };
  `;
}

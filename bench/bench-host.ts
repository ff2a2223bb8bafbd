import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDebugHost, type DebugHost } from '../src/host/index.ts';

/** A debug host for plugins in a temporary folder. */
export interface BenchHost {
  readonly host: DebugHost;
  readonly root: string;
  dispose(): Promise<void>;
}

/** Makes it. Needs the build (`npm run build`). */
export async function createBenchHost(): Promise<BenchHost> {
  const root = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  const host = createDebugHost({
    dataDir: join(root, 'data'),
    nodePath: process.execPath,
    restart: 'never',
    approveAll: true,
    unconfined: [],
    childScript: join(dist, 'child', 'node.cjs'),
    sdkRoot: join(dist, 'sdk'),
  });
  return {
    host,
    root,
    dispose: async () => {
      await host.shutdown();
      await rm(root, { recursive: true, force: true });
    },
  };
}

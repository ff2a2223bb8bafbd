import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DebugHost, DebugHostOptions } from '../src/host/index.ts';
import { bundleHost } from './bundled-host.ts';

/** A debug host for plugins in a temporary folder. */
export interface BenchHost {
  readonly host: DebugHost;
  readonly root: string;
  dispose(): Promise<void>;
}

const { createDebugHost, childScript } = await bundleHost();

/**
 * Makes it. Needs the build (`npm run build`).
 *
 * @param options what is to be other than usual
 */
export async function createBenchHost(options: Partial<DebugHostOptions> = {}): Promise<BenchHost> {
  const root = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  // Open to all, as the folders of a user's projects are: in one that is root's alone, plugins of root are confined in
  // another, slower way.
  await chmod(root, 0o755);
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  const host = createDebugHost({
    dataDir: join(root, 'data'),
    nodePath: process.execPath,
    restart: 'never',
    approveAll: true,
    unconfined: [],
    childScript,
    sdkRoot: join(dist, 'sdk'),
    ...options,
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

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, settingsOf } from '../scripts/build/bundles.ts';
import type { createDebugHost } from '../src/host/index.ts';

/** What the host's room gives out, as far as it is measured. */
interface HostModule {
  readonly createDebugHost: typeof createDebugHost;
}

/**
 * Loads the host as one bundle, as it is shipped. From its sources it would be some hundred modules whose text Node
 * keeps, and every start of a process copies the tables of all that memory.
 */
export async function loadBundledHost(): Promise<HostModule> {
  const shipped = bundles.find(({ entry }) => entry === 'src/host/main.ts');
  if (!shipped) throw new Error('The build makes no debug host any more.');
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  try {
    const outfile = join(folder, 'host.cjs');
    const bundle = { ...shipped, entry: 'src/host/index.ts', outfile };
    await build({ ...settingsOf(bundle, { production: true }), metafile: false });
    return createRequire(import.meta.url)(outfile) as HostModule;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

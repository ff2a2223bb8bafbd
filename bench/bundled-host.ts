import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles, settingsOf } from '../scripts/build/bundles.ts';
import type { createDebugHost } from '../src/host/index.ts';

/** The host's room and the program it starts beside a Node plugin, as they are shipped. */
interface ShippedHost {
  readonly createDebugHost: typeof createDebugHost;
  readonly childScript: string;
}

/**
 * Bundles the host as it is shipped. From its sources it would be some hundred modules whose text Node keeps, and every
 * start of a process copies the tables of all that memory.
 */
export async function bundleHost(): Promise<ShippedHost> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-bench-'));
  // As the folder of an installed extension, which a plugin's user can look into.
  await chmod(folder, 0o755);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const make = async (like: string, entry: string, name: string): Promise<string> => {
    const shipped = bundles.find(bundle => bundle.entry === like);
    if (!shipped) throw new Error(`The build makes nothing of ${like} any more.`);
    const outfile = join(folder, name);
    await build({ ...settingsOf({ ...shipped, entry, outfile }, { production: true }), metafile: false });
    return outfile;
  };
  const host = await make('src/host/main.ts', 'src/host/index.ts', 'host.cjs');
  const childScript = await make('src/host/child/node.ts', 'src/host/child/node.ts', 'child.cjs');
  const room = createRequire(import.meta.url)(host) as Pick<ShippedHost, 'createDebugHost'>;
  return { createDebugHost: room.createDebugHost, childScript };
}

import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundles, settingsOf } from '../../../scripts/build/bundles.ts';
import { analyzerWasmFiles } from '../../../src/analysis/index.ts';

const root = join(import.meta.dirname, '../../..');

/** The server as it is shipped, in a folder of its own. */
export interface BundledServer {
  /** Absolute path of the script. */
  readonly script: string;
  remove(): Promise<void>;
}

/** Bundles the server with the settings of the build, and puts the grammars beside it. */
export async function bundleServer(): Promise<BundledServer> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-server-'));
  const bundle = bundles.find(({ entry }) => entry === 'src/server/main.ts');
  if (bundle === undefined) throw new Error('the build has no bundle for the server');
  const script = join(folder, basename(bundle.outfile));
  await build({
    ...settingsOf(bundle, { production: true }),
    absWorkingDir: root,
    outfile: script,
    metafile: false,
  });
  await mkdir(join(folder, 'wasm'));
  for (const name of analyzerWasmFiles) {
    const source = name.startsWith('web-') ? 'web-tree-sitter' : '@vscode/tree-sitter-wasm/wasm';
    await copyFile(join(root, 'node_modules', source, name), join(folder, 'wasm', name));
  }
  return { script, remove: () => rm(folder, { recursive: true, force: true }) };
}

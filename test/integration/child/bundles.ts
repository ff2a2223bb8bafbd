import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/** The bootstrap and the SDK as they are shipped, and the plugin fixtures beside the SDK so that they find it. */
export interface Bundles {
  readonly childScript: string;
  readonly sdkDir: string;
  /** Folder of a fixture of `test/fixtures/plugins`, in a place of its own. */
  plugin(name: string): string;
  remove(): Promise<void>;
}

/** Bundles the sources into a folder of its own under the system's temporary folder. */
export async function makeBundles(): Promise<Bundles> {
  const dir = await mkdtemp(path.join(tmpdir(), 'plugin-child-'));
  const childScript = path.join(dir, 'child.cjs');
  const sdkDir = path.join(dir, 'node_modules/plugin-workbench');
  const options = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  } as const;
  await mkdir(sdkDir, { recursive: true });
  await Promise.all([
    build({ ...options, entryPoints: ['src/host/child/node.ts'], outfile: childScript, minify: true }),
    build({ ...options, entryPoints: ['src/sdk/node/index.ts'], outfile: path.join(sdkDir, 'index.cjs') }),
    cp(path.join(root, 'src/sdk/node/package'), sdkDir, { recursive: true }),
    cp(path.join(root, 'test/fixtures/plugins'), path.join(dir, 'plugins'), { recursive: true }),
  ]);
  return {
    childScript,
    sdkDir,
    plugin: name => path.join(dir, 'plugins', name),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

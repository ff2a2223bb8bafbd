import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { outFolder, testFolder } from './paths.ts';

/**
 * Bundles the entry and every `*.test.ts` of a folder for the extension host.
 *
 * @param folder absolute
 * @returns absolute path of the module that exports `run`; undefined when the folder has no test
 */
export async function bundleSuites(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const suites = names.filter(name => name.endsWith('.test.ts'));
  if (suites.length === 0) return undefined;
  const target = join(outFolder, `bundle-${basename(folder)}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  // The package around it says "module", but the extension host requires CommonJS here.
  await writeFile(join(target, 'package.json'), '{"type":"commonjs"}\n');
  const entries = [
    { in: join(testFolder, 'entry', 'index.ts'), out: 'index' },
    ...suites.map(name => ({ in: join(folder, name), out: basename(name, '.ts') })),
  ];
  await build({
    entryPoints: entries,
    outdir: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(target, 'index.js');
}

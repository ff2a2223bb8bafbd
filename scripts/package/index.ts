import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from '../bare/root.mjs';
import { ensureBuilt } from '../build/index.ts';

/** What an installation may cost to download. */
const limitBytes = 6 * 1024 * 1024;

/**
 * Makes the package out of a production build. What goes in says .vscodeignore.
 *
 * @returns its absolute path
 * @throws when it is larger than 6 MiB
 */
export async function packageExtension(): Promise<string> {
  await ensureBuilt({ production: true });
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const packagePath = join(root, `${name}-${version}.vsix`);
  // Everything is bundled, so no dependency goes in; the pictures of the README are not on the web yet.
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(packagePath);
  console.log(`package: ${name}-${version}.vsix, ${(size / 1024 / 1024).toFixed(2)} MiB`);
  if (size > limitBytes)
    throw new Error('The package is larger than 6 MiB: see the sizes `npm run build` prints.');
  return packagePath;
}

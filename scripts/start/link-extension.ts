import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bare/root.mjs';

/** What the installed extension consists of; what is not there yet is left out. */
const parts = [
  ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
  ...['dist', 'schemas', 'syntaxes', 'templates', 'media'],
];

/** An entry of the list in which VS Code keeps what is installed. */
interface InstalledExtension {
  readonly identifier: { readonly id: string };
}

/** The bundles that VS Code itself loads. */
const loaded = ['extension.cjs', 'background.cjs'];

/**
 * Links what was built. VS Code knows an extension by where the files lie that ask for its API, links resolved: a linked
 * bundle would be a nameless one's. So those that ask are files of their own, which run what the build wrote last.
 */
async function linkBundles(built: string, target: string): Promise<void> {
  await mkdir(target);
  for (const name of await readdir(built)) {
    const source = join(built, name);
    if (loaded.includes(name)) await writeFile(join(target, name), standInFor(source));
    else await symlink(source, join(target, name));
  }
}

/** The last line is never run: it tells whoever imports the file which names there are. */
function standInFor(bundle: string): string {
  const path = JSON.stringify(bundle);
  return [
    `module._compile(require('node:fs').readFileSync(${path}, 'utf8'), __filename);`,
    `0 && (module.exports = require(${path}));`,
    '',
  ].join('\n');
}

async function readList(file: string): Promise<readonly InstalledExtension[]> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  return JSON.parse(text) as readonly InstalledExtension[];
}

/**
 * Installs this repository's extension as links to its parts, so that a build shows after the window is reloaded.
 * The folder itself is a real one: when a person uninstalls the extension, VS Code deletes links, never the
 * repository.
 *
 * @param extensionsDir where VS Code keeps installed extensions
 */
export async function linkExtension(extensionsDir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    name: string;
    publisher: string;
    version: string;
  };
  const id = `${manifest.publisher}.${manifest.name}`;
  await mkdir(extensionsDir, { recursive: true });
  for (const name of await readdir(extensionsDir)) {
    if (name.startsWith(`${id}-`)) await rm(join(extensionsDir, name), { recursive: true });
  }
  const relativeLocation = `${id}-${manifest.version}`;
  const folder = join(extensionsDir, relativeLocation);
  await mkdir(folder);
  for (const part of parts.filter(name => name !== 'dist' && existsSync(join(root, name)))) {
    await symlink(join(root, part), join(folder, part));
  }
  await linkBundles(join(root, 'dist'), join(folder, 'dist'));
  const listFile = join(extensionsDir, 'extensions.json');
  const others = (await readList(listFile)).filter(one => one.identifier.id !== id);
  const entry = {
    identifier: { id },
    version: manifest.version,
    location: { $mid: 1, path: folder, scheme: 'file' },
    relativeLocation,
    metadata: { source: 'vsix', pinned: true },
  };
  // Written each time: VS Code keeps what it read of a manifest until this list changes.
  await writeFile(listFile, JSON.stringify([...others, entry]));
}

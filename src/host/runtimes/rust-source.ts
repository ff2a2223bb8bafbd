import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PluginManifest } from '../../manifest/index.ts';

/** The Cargo project a plugin's entry belongs to. */
export interface RustProject {
  /** The plugin's folder, or one within it: where the outermost Cargo.toml is. */
  readonly root: string;
  /** False when there is none, and one is made up for the entry. */
  readonly hasManifest: boolean;
}

/** Names that are not shown to a build: its own output and lock, and what is no source. */
const left = new Set(['Cargo.lock', 'target', '.cargo', '.git', '.hg', '.svn', 'node_modules']);

/**
 * Finds the project of an entry: the outermost Cargo.toml at or above it within the plugin's folder.
 *
 * @param entry real path of a file or folder within `pluginDir`
 */
export function findProject(pluginDir: string, entry: string): RustProject {
  const between = path.relative(pluginDir, path.dirname(entry)).split(path.sep).filter(Boolean);
  const folders = between.map((_, at) => path.join(pluginDir, ...between.slice(0, at + 1)));
  const root = [pluginDir, ...folders].find(folder => existsSync(path.join(folder, 'Cargo.toml')));
  return { root: root ?? pluginDir, hasManifest: root !== undefined };
}

/**
 * Lays the project out in a folder of the workbench, as links into the plugin's own, which stays as it is: Cargo writes
 * its lock beside the manifest. What changed since the last time is brought up to date.
 *
 * @param place absolute; no code of a plugin may ever have written to it
 */
export async function layOut(
  project: RustProject,
  place: string,
  entry: string,
  manifest: PluginManifest,
): Promise<void> {
  await mkdir(place, { recursive: true });
  const wanted = new Map<string, string>();
  for (const name of await readdir(project.root)) {
    if (!left.has(name)) wanted.set(name, path.join(project.root, name));
  }
  const own = path.join(place, 'Cargo.toml');
  const isLink = await lstat(own).then(
    stats => stats.isSymbolicLink(),
    () => true,
  );
  if (!isLink && project.hasManifest) await rm(own);
  for (const name of await readdir(place)) {
    if (name === 'Cargo.lock' || (name === 'Cargo.toml' && !project.hasManifest)) continue;
    const file = path.join(place, name);
    const target = await readlink(file);
    if (wanted.get(name) === target) wanted.delete(name);
    else await rm(file);
  }
  for (const [name, target] of wanted) await symlink(target, path.join(place, name));
  if (!project.hasManifest) {
    if (isLink) await rm(own, { force: true });
    await replaceFile(own, generateManifest(path.relative(project.root, entry), manifest));
  }
  await takeOverLock(project, place);
}

/** The plugin's own lock counts whenever it has changed; what Cargo adds to it stays in the workbench's copy. */
async function takeOverLock(project: RustProject, place: string): Promise<void> {
  const copy = path.join(place, 'Cargo.lock');
  const note = `${place}.lock`;
  const theirs = await readFile(path.join(project.root, 'Cargo.lock'), 'utf8').catch(() => '');
  const before = await readFile(note, 'utf8').catch(() => undefined);
  if (existsSync(copy) && before === theirs) return;
  // Replaced, not written to: a build that still runs may have it open.
  await replaceFile(copy, theirs);
  await replaceFile(note, theirs);
}

/** The Cargo.toml of a plugin that is one file. Packages the plugin's manifest lists are its dependencies. */
export function generateManifest(entry: string, manifest: PluginManifest): string {
  const crates = (manifest.dependencies.packages ?? []).filter(one => one.ecosystem === 'cargo');
  const name =
    manifest.id
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]/g, '-')
      .replace(/^[^a-z]+/, '') || 'plugin';
  return [
    '[package]',
    `name = ${JSON.stringify(name === 'plugin-workbench' ? 'plugin' : name)}`,
    'version = "0.0.0"',
    'edition = "2021"',
    'publish = false',
    '',
    '[[bin]]',
    'name = "plugin"',
    `path = ${JSON.stringify(entry.split(path.sep).join('/'))}`,
    '',
    '[dependencies]',
    ...new Set(['plugin-workbench = "*"', ...crates.flatMap(dependencyLine)]),
    '',
    '[workspace]',
    '',
  ].join('\n');
}

/** `serde`, `serde@1`, `serde = "1"`, `serde 1.0`. */
function dependencyLine({ name }: { readonly name: string }): string[] {
  const [, crate, version] = /^([A-Za-z0-9_-]+)(?:\s*[@=\s]\s*"?([^"\s]+)"?)?$/.exec(name.trim()) ?? [];
  if (crate === undefined || crate === 'plugin-workbench') return [];
  return [`${crate} = ${JSON.stringify(version ?? '*')}`];
}

async function replaceFile(file: string, text: string): Promise<void> {
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === text) return;
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
}

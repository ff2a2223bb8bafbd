import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../bare/root.mjs';
import { assetPlaces } from './assets.ts';
import { type BundleMode, bundles } from './bundles.ts';

/** What goes into a build; a change under one of these makes a new one necessary. */
const inputs = ['src', 'schemas', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const ignoredFolders = new Set(['generated', 'node_modules']);
const stampFile = join(root, 'dist', '.build.json');

interface Stamp {
  readonly production: boolean;
  readonly newestInput: number;
}

/** The newest change under a path in ms since 1970; a folder counts too, as it changes when a file goes. */
async function newestChange(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true });
  const kept = entries.filter(entry => !(entry.isDirectory() && ignoredFolders.has(entry.name)));
  // The folder that holds a generated one changes by our own doing; its other files tell enough.
  const ownChange = kept.length === entries.length ? own.mtimeMs : 0;
  const changes = await Promise.all(kept.map(entry => newestChange(join(path, entry.name))));
  return Math.max(ownChange, ...changes);
}

async function newestInput(): Promise<number> {
  const changes = await Promise.all(inputs.map(input => newestChange(join(root, input))));
  return Math.max(...changes);
}

async function readStamp(): Promise<Stamp | undefined> {
  const text = await readFile(stampFile, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Stamp);
}

/** Forgets the last build, before a new one begins. */
export async function forgetBuild(): Promise<void> {
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, 'null');
}

/** Remembers what has been built. Generated files are inputs too: call it after everything is written. */
export async function rememberBuild(mode: BundleMode): Promise<void> {
  const stamp: Stamp = { production: mode.production, newestInput: await newestInput() };
  await writeFile(stampFile, JSON.stringify(stamp));
}

/**
 * Whether dist holds what a build would make now.
 *
 * @param mode undefined: a build of either mode will do
 */
export async function isBuilt(mode?: BundleMode): Promise<boolean> {
  const stamp = await readStamp();
  if (stamp === undefined || stamp === null) return false;
  if (mode !== undefined && stamp.production !== mode.production) return false;
  const places = [...bundles.map(bundle => bundle.outfile), ...assetPlaces];
  if (!places.every(place => existsSync(join(root, place)))) return false;
  return (await newestInput()) <= stamp.newestInput;
}

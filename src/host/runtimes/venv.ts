import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../process/grants.ts';

/** A virtual environment in a plugin's folder. */
export interface VirtualEnvironment {
  /** Real path, inside the plugin's folder. */
  readonly dir: string;
  /** Its configuration: the keys of `pyvenv.cfg` in lower case. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Where people put the virtual environment of a project. */
const names = ['.venv', 'venv'];

/**
 * The plugin's virtual environment, if it has one. Nothing in it is run: it is part of the plugin, and only says which
 * interpreter it was made with.
 */
export async function findVirtualEnvironment(pluginDir: string): Promise<VirtualEnvironment | undefined> {
  for (const name of names) {
    const dir = await realpath(path.join(pluginDir, name)).catch(() => undefined);
    if (dir === undefined || !isWithin(pluginDir, dir)) continue;
    const text = await readFile(path.join(dir, 'pyvenv.cfg'), 'utf8').catch(() => undefined);
    if (text !== undefined) return { dir, settings: parseSettings(text) };
  }
  return undefined;
}

/**
 * The interpreters that made the environment, as it says; the likeliest first. They may be gone. The plugin wrote this,
 * so only what is called like a Python counts, and whoever runs it has to check where it lies.
 */
export function baseInterpreters({ settings }: VirtualEnvironment): string[] {
  const home = settings.get('home');
  const executable = settings.get('executable') ?? settings.get('base-executable');
  const version = /^(\d+)\.(\d+)/.exec(settings.get('version') ?? settings.get('version_info') ?? '');
  const inHome = [...(version ? [`python${version[1]}.${version[2]}`] : []), 'python3', 'python'];
  return [
    ...(executable === undefined ? [] : [executable]),
    ...(home === undefined ? [] : inHome.map(name => path.join(home, name))),
  ].filter(file => path.isAbsolute(file) && /^python[\d.]*$/.test(path.basename(file)));
}

/** The folder of the environment's packages for an interpreter; `undefined` when it has none for that version. */
export async function packagesOf(
  { dir }: VirtualEnvironment,
  interpreterVersion: string,
): Promise<string | undefined> {
  const [major, minor] = interpreterVersion.split('.');
  const folder = path.join(dir, 'lib', `python${major}.${minor}`, 'site-packages');
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !isWithin(dir, real)) return undefined;
  return (await stat(real)).isDirectory() ? real : undefined;
}

function parseSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [key = '', ...value] = line.split('=');
    if (value.length > 0) settings.set(key.trim().toLowerCase(), value.join('=').trim());
  }
  return settings;
}

import { statSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pluginFilesOnDisk } from '../../manifest/disk/index.ts';
import { profiles, readManifest } from '../../manifest/index.ts';
import type { PluginFolder } from './plugin-folder.ts';

/** A manifest is written by hand; anything bigger is none. */
const maxManifestBytes = 1024 * 1024;

/**
 * Reads the plugin whose manifest lies there; `undefined` when there is no such file any more, or when it is some
 * other program's `plugin.json`.
 */
export async function readPluginFolder(manifestFile: string): Promise<PluginFolder | undefined> {
  const dir = dirname(manifestFile);
  const known = { dir, manifestFile, name: basename(dir) };
  let text: string;
  let realDir: string;
  try {
    realDir = await realpath(dir);
    const size = statSync(manifestFile).size;
    if (size > maxManifestBytes) return undefined;
    text = await readFile(manifestFile, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    return { ...known, realDir: dir, loaded: undefined, errors: 1, reason: 'The manifest can’t be read.' };
  }

  const reading = readManifest({
    text,
    file: manifestFile,
    files: pluginFilesOnDisk(realDir),
  });
  if (reading.foreign !== undefined) return undefined;
  const errors = reading.findings.filter(finding => finding.severity === 'error');
  const { manifest } = reading;
  return {
    ...known,
    realDir,
    name: manifest?.name ?? known.name,
    errors: errors.length,
    reason: errors[0]?.message ?? (manifest === undefined ? 'The manifest can’t be loaded.' : undefined),
    loaded: manifest && {
      id: manifest.id,
      version: manifest.version,
      description: manifest.description,
      profile: manifest.profile,
      profileTitle: profiles.find(profile => profile.id === manifest.profile)?.title ?? manifest.profile,
      runtime: manifest.runtime,
      methods: manifest.contributions.methods.map(({ id, title }) => ({ id, title })),
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

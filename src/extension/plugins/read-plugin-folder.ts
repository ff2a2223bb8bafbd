import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { readManifestFile } from '../../manifest/disk/index.ts';
import { profiles } from '../../manifest/index.ts';
import type { PluginFolder } from './plugin-folder.ts';

/**
 * Reads the plugin whose manifest lies there; `undefined` when there is no such file any more, or when it is some
 * other program's `plugin.json`.
 */
export async function readPluginFolder(manifestFile: string): Promise<PluginFolder | undefined> {
  const dir = dirname(manifestFile);
  const known = { dir, manifestFile, name: basename(dir) };
  const realDir = await realpath(dir).catch(() => dir);
  const file = readManifestFile(manifestFile);
  if (file === undefined || file.reading?.foreign !== undefined) return undefined;
  const { reading, findings } = file;
  const errors = findings.filter(finding => finding.severity === 'error');
  const manifest = reading?.manifest;
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

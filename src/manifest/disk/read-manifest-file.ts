import { dirname } from 'node:path';
import type { Finding } from '../../base/index.ts';
import { type Machine, type ManifestReading, readManifest } from '../index.ts';
import { pluginFilesOnDisk } from './plugin-files.ts';
import { readManifestText } from './read-text.ts';
import { thisMachine } from './this-machine.ts';

/** A manifest as it lies on the disk. */
export interface ManifestFile {
  /** `undefined` when the file can't be read as text; then there is one finding, which says why. */
  readonly reading: ManifestReading | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Reads and checks a manifest on disk. Never throws.
 *
 * @param path absolute path
 * @param machine where the plugin is to run
 * @returns `undefined` when nothing of that name is there
 */
export function readManifestFile(path: string, machine: Machine = thisMachine()): ManifestFile | undefined {
  const read = readManifestText(path);
  if (read === undefined) return undefined;
  if (read.finding !== undefined) return { reading: undefined, findings: [read.finding] };
  const files = pluginFilesOnDisk(dirname(path));
  const reading = readManifest({ text: read.text, file: path, files, machine });
  return { reading, findings: reading.findings };
}

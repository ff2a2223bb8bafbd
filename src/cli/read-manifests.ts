import { homedir } from 'node:os';
import { basename, dirname, resolve, sep } from 'node:path';
import {
  createRuntimeFinder,
  type ManifestFile,
  readManifestFile,
  thisMachine,
} from '../manifest/disk/index.ts';
import { manifestFileNames, runtimesOf } from '../manifest/index.ts';

/**
 * Reads manifests, in view of the installed runtimes that they name.
 *
 * @param files absolute paths
 * @param untrusted folders out of which no program is run, see {@link placesOf}
 * @returns the files that are still there
 */
export async function readManifests(
  files: readonly string[],
  untrusted: readonly string[],
): Promise<ReadonlyMap<string, ManifestFile>> {
  const runtimes = createRuntimeFinder({ untrusted: () => untrusted });
  const read = new Map<string, ManifestFile>();
  const named = new Map<string, readonly string[]>();
  for (const file of files) {
    const found = readManifestFile(file);
    // It went away since it was found.
    if (found === undefined) continue;
    read.set(file, found);
    const sketch = found.reading?.sketch;
    named.set(file, sketch === undefined ? [] : runtimesOf(sketch));
  }
  await runtimes.find([...named.values()].flat());
  const machine = thisMachine(runtimes.known());
  for (const [file, names] of named) {
    const found = names.length === 0 ? undefined : readManifestFile(file, machine);
    if (found !== undefined) read.set(file, found);
  }
  return read;
}

/** The folders of what a command was pointed at, and the one it is run in: programs they bring along are never run. */
export function placesOf(paths: readonly string[]): readonly string[] {
  const places = paths
    .map(path => resolve(path))
    .map(path => (manifestFileNames.some(name => name === basename(path)) ? dirname(path) : path));
  // Where people keep their own programs is not what somebody else wrote.
  const here = process.cwd();
  const holdsHome = `${homedir()}${sep}`.startsWith(here.endsWith(sep) ? here : here + sep);
  return holdsHome ? places : [here, ...places];
}

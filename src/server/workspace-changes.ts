import { stat } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import { FileChangeType, type FileEvent } from 'vscode-languageserver/node';
import { findManifests } from '../manifest/disk/index.ts';
import { manifestFileNames } from '../manifest/index.ts';
import { pathOf } from './uri.ts';
import type { WorkspaceManifests } from './workspace-manifests.ts';

const manifestNames: ReadonlySet<string> = new Set(manifestFileNames);

/**
 * Checks again the closed manifests that changes on the disk touch: those that changed, those that name a file which
 * came or went, and those in a folder that came or went as a whole.
 */
export async function applyChanges(
  changes: readonly FileEvent[],
  manifests: WorkspaceManifests,
  breathe: () => Promise<void>,
): Promise<void> {
  const touched = new Set<string>();
  const known = groupByFolder(manifests.closedFiles());
  const searched = new Set<string>();
  for (const { uri, type } of changes) {
    const path = pathOf(uri);
    // What an installation or a commit changes by the thousand is nothing a manifest names.
    if (path === undefined || /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path)) continue;
    if (manifestNames.has(basename(path))) touched.add(path);
    for (const folder of foldersAbove(path)) for (const file of known.get(folder) ?? []) touched.add(file);
    if (type === FileChangeType.Deleted) {
      for (const [folder, files] of known) {
        if (folder === path || folder.startsWith(path + sep)) for (const file of files) touched.add(file);
      }
    } else if (type === FileChangeType.Created && !searched.has(dirname(path)) && (await isFolder(path))) {
      searched.add(path);
      for await (const file of findManifests(path)) touched.add(file);
    } else if (searched.has(dirname(path))) searched.add(path);
    await breathe();
  }
  if (touched.size === 0) return;
  // Two files that change together, such as a plugin and one that needs it, are one change.
  const release = manifests.holdBack();
  try {
    for (const file of touched) {
      manifests.refresh(file);
      await breathe();
    }
  } finally {
    await release();
  }
}

function groupByFolder(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const group = groups.get(dirname(file));
    if (group === undefined) groups.set(dirname(file), [file]);
    else group.push(file);
  }
  return groups;
}

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) folders.push(folder);
  return folders;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
}

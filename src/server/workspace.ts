import { relative } from 'node:path';
import type { Connection, FileEvent } from 'vscode-languageserver/node';
import type { Disposable } from '../base/index.ts';
import { isLeftOut } from '../manifest/disk/index.ts';
import type { Boundary } from './boundary.ts';
import type { MachineWatch } from './machine-watch.ts';
import { isInside } from './plugins.ts';
import { applyChanges } from './workspace-changes.ts';
import { createWorkspaceManifests, type WorkspaceManifests } from './workspace-manifests.ts';
import { scanFolders } from './workspace-scan.ts';
import { createSlices } from './workspace-slices.ts';

/** All manifests of the workspace, open or not, kept checked in the background. */
export interface Workspace extends Disposable {
  readonly manifests: WorkspaceManifests;
  /** Checks the manifests below folders; nobody waits for it. */
  scan(folders: readonly string[], showsProgress: boolean): void;
  /** Resolves when no scan is under way. */
  scanned(): Promise<void>;
  /** Forgets the closed manifests of folders that are of the workspace no more. */
  leave(): void;
  /** Checks again what changes on the disk touch. */
  filesChanged(changes: readonly FileEvent[]): void;
}

/** What {@link watchWorkspace} works with. */
export interface WorkspaceParts {
  readonly connection: Connection;
  readonly boundary: Boundary;
  /** Absolute paths. */
  folders(): readonly string[];
  /** Checks an open manifest again. */
  recheck(path: string): void;
  readonly machine: MachineWatch;
}

export function watchWorkspace(parts: WorkspaceParts): Workspace {
  const { connection, boundary, folders, machine } = parts;
  const ended = new AbortController();
  const breathe = createSlices();
  const belongs = (path: string, isOpen: boolean): boolean => {
    if (folders().length === 0) return isOpen;
    return folders().some(folder => isInside(path, folder) && !isLeftOut(relative(folder, path)));
  };
  const manifests = createWorkspaceManifests({
    ...{ connection, belongs, recheck: parts.recheck, machine, breathe },
    later: work => boundary.run('telling about manifests', work),
  });
  let scans: Promise<unknown> = Promise.resolve();
  return {
    manifests,
    scan(below, showsProgress) {
      if (below.length === 0) return;
      const scan = scanFolders(below, { connection, manifests, showsProgress }, ended.signal);
      scans = Promise.allSettled([scans, scan]);
      boundary.run('looking for manifests', () => scan);
    },
    async scanned() {
      await scans;
    },
    leave() {
      for (const path of manifests.closedFiles()) if (!belongs(path, false)) manifests.drop(path);
    },
    filesChanged(changes) {
      boundary.run('manifests changed', () => applyChanges(changes, manifests, breathe));
    },
    dispose: () => ended.abort(),
  };
}

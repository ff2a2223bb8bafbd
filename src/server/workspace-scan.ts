import type { Connection } from 'vscode-languageserver/node';
import { messageOf } from '../base/index.ts';
import { findManifests } from '../manifest/disk/index.ts';
import type { WorkspaceManifests } from './workspace-manifests.ts';
import { createSlices } from './workspace-slices.ts';

/** More manifests than this are checked when they are opened only. */
const MAX_MANIFESTS = 10_000;

/** What a scan works with. */
export interface ScanParts {
  readonly connection: Pick<Connection, 'console' | 'window'>;
  readonly manifests: WorkspaceManifests;
  /** Whether the client shows progress. */
  readonly showsProgress: boolean;
}

/**
 * Looks for the manifests in folders and checks each, while requests are answered; resolves when the client has been
 * told all there is to say. The person can cancel it where the client shows progress: what was found by then stays.
 *
 * @param folders absolute paths
 */
export async function scanFolders(
  folders: readonly string[],
  parts: ScanParts,
  signal: AbortSignal,
): Promise<void> {
  const { connection, manifests } = parts;
  const cancelled = new AbortController();
  const stop = AbortSignal.any([signal, cancelled.signal]);
  const release = manifests.holdBack();
  const progress = parts.showsProgress ? await beginProgress(connection, cancelled) : undefined;
  const breathe = createSlices();
  let count = 0;
  try {
    for (const folder of folders) {
      const search = {
        onUnreadable: (path: string, code: string) =>
          connection.console.warn(`${path} can’t be searched for manifests (${code}).`),
      };
      for await (const file of findManifests(folder, search, stop)) {
        if (stop.aborted || count >= MAX_MANIFESTS) break;
        manifests.refresh(file);
        count++;
        if (count % 50 === 0) progress?.report(`${count} checked`);
        await breathe();
      }
    }
    if (count >= MAX_MANIFESTS) {
      connection.console.warn(`Only the first ${MAX_MANIFESTS} manifests of the workspace are checked.`);
    }
  } finally {
    await release();
    progress?.done();
  }
}

/** `undefined` when the client, after all, would rather not. */
async function beginProgress(connection: ScanParts['connection'], cancelled: AbortController) {
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.token.onCancellationRequested(() => cancelled.abort());
    progress.begin('Checking manifests', undefined, undefined, true);
    return progress;
  } catch (error) {
    connection.console.warn(`There is no progress to show: ${messageOf(error)}`);
    return undefined;
  }
}

import { dirname } from 'node:path';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { supportedExtensions } from '../analysis/index.ts';
import { isInside, type Plugins } from './plugins.ts';
import { pathOf } from './uri.ts';

/** What a manifest is compared with beside its own text. */
const comparedFiles = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'go.mod',
  'Cargo.toml',
  'Dockerfile',
  'seccomp.json',
  'config/*.{json,yaml,yml}',
];

/**
 * Asks the client to tell about files: manifests, what they are compared with, and source whenever they change, anything
 * else when it comes or goes, because a manifest names files that must exist.
 */
export async function watchFiles(connection: Pick<Connection, 'client'>): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      { globPattern: '**/plugin.{json,yaml,yml}' },
      { globPattern: `**/{${comparedFiles.join(',')}}` },
      { globPattern: `**/*{${supportedExtensions.join(',')}}`, kind: WatchKind.Change },
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
    ],
  });
}

/** The open documents whose check may come out differently after files have changed. */
export function documentsTouchedBy(
  changes: readonly FileEvent[],
  documents: readonly TextDocument[],
  plugins: Plugins,
): TextDocument[] {
  const paths = changes
    .map(change => pathOf(change.uri))
    .filter(path => path !== undefined)
    .filter(path => !/[\\/](?:node_modules|\.git)[\\/]/.test(path));
  if (paths.length === 0) return [];
  const manifestFolders = paths.filter(path => plugins.isManifest(path)).map(path => dirname(path));
  return documents.filter(document => {
    const path = pathOf(document.uri);
    if (path === undefined) return false;
    if (plugins.isManifest(path)) return paths.some(changed => isInside(changed, dirname(path)));
    return manifestFolders.some(folder => isInside(path, folder));
  });
}

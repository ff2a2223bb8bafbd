import { sep } from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../base/index.ts';
import { loadBackground } from '../load-background.ts';
import type { PluginFolder } from './plugin-folder.ts';

/** Keeps the list of the workspace's plugins up to date. */
export interface PluginFinder extends Disposable {
  readonly onDidChange: Event<readonly PluginFolder[]>;
  /** Searches the workspace anew; resolves when the list is known. */
  scan(): Promise<void>;
}

const manifests = '**/plugin.{json,yaml,yml}';
const buildFolders = [
  'node_modules',
  '.git',
  '.hg',
  'dist',
  'out',
  'build',
  'target',
  'coverage',
  '__pycache__',
  '.venv',
  'venv',
  '.vscode-test',
];
const leftOut = new Set(buildFolders);
const maxPlugins = 2_000;

/** @param onBug told what goes wrong while nobody waits for an answer. */
export function createPluginFinder(onBug: (error: unknown) => void): PluginFinder {
  const changes = new Emitter<readonly PluginFolder[]>();
  const held = new DisposableStore();
  const found = new Map<string, PluginFolder>();
  let scanning: Promise<void> | undefined;

  async function searchAll(): Promise<void> {
    const exclude = `**/{${buildFolders.join(',')}}/**`;
    const files = await vscode.workspace.findFiles(manifests, exclude, maxPlugins);
    const { readPluginFolder } = await loadBackground();
    const folders = await Promise.all(
      files.filter(uri => uri.scheme === 'file').map(({ fsPath }) => readPluginFolder(fsPath)),
    );
    found.clear();
    for (const folder of folders) if (folder !== undefined) found.set(folder.manifestFile, folder);
    announce();
  }

  async function readAgain(manifestFile: string): Promise<void> {
    const before = found.get(manifestFile);
    const { readPluginFolder } = await loadBackground();
    const folder = await readPluginFolder(manifestFile);
    if (JSON.stringify(folder) === JSON.stringify(before)) return;
    if (folder === undefined) found.delete(manifestFile);
    else found.set(manifestFile, folder);
    announce();
  }

  function announce(): void {
    if (held.disposed) return;
    // A folder with both a plugin.json and a plugin.yaml is one plugin: the first in the order of the alphabet.
    const byDir = new Map<string, PluginFolder>();
    for (const file of [...found.keys()].sort()) {
      const folder = found.get(file);
      if (folder !== undefined && !byDir.has(folder.dir)) byDir.set(folder.dir, folder);
    }
    changes.fire([...byDir.values()]);
  }

  function onManifest(uri: vscode.Uri): void {
    if (uri.scheme !== 'file') return;
    const inside = vscode.workspace.asRelativePath(uri, false).split('/');
    if (!inside.some(part => leftOut.has(part))) readAgain(uri.fsPath).catch(onBug);
  }

  /** A file that comes or goes can be the entry that a manifest names. */
  function onFiles(uris: readonly vscode.Uri[]): void {
    const touched = [...found.values()].filter(({ dir }) =>
      uris.some(({ fsPath }) => fsPath.startsWith(dir + sep)),
    );
    for (const { manifestFile } of touched) readAgain(manifestFile).catch(onBug);
  }

  const watcher = held.add(vscode.workspace.createFileSystemWatcher(manifests));
  watcher.onDidCreate(onManifest);
  watcher.onDidChange(onManifest);
  watcher.onDidDelete(onManifest);
  held.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => onFiles([uri])));
  held.add(vscode.workspace.onDidCreateFiles(({ files }) => onFiles(files)));
  held.add(vscode.workspace.onDidDeleteFiles(({ files }) => onFiles(files)));
  held.add(
    vscode.workspace.onDidRenameFiles(({ files }) => onFiles(files.flatMap(f => [f.oldUri, f.newUri]))),
  );
  held.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void scan().catch(onBug)));

  function scan(): Promise<void> {
    scanning ??= searchAll().finally(() => {
      scanning = undefined;
    });
    return scanning;
  }

  return {
    onDidChange: changes.event,
    scan,
    dispose: () => {
      held.dispose();
      changes.dispose();
    },
  };
}

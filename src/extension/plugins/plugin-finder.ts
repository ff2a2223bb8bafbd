import { lstat } from 'node:fs/promises';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../base/index.ts';
import { leftOutFolders } from '../../manifest/left-out/index.ts';
import { loadBackground } from '../load-background.ts';
import type { PluginFolder } from './plugin-folder.ts';

/** Keeps the list of the workspace's plugins up to date. */
export interface PluginFinder extends Disposable {
  readonly onDidChange: Event<readonly PluginFolder[]>;
  /** Searches the workspace anew; resolves when the list is known. */
  scan(): Promise<void>;
}

const manifests = '**/plugin.{json,yaml,yml}';
const excluded = `**/{${leftOutFolders.join(',')}}/**`;
const leftOut = new Set(leftOutFolders);
const maxPlugins = 2_000;

/** @param onBug told what goes wrong while nobody waits for an answer. */
export function createPluginFinder(onBug: (error: unknown) => void): PluginFinder {
  const changes = new Emitter<readonly PluginFolder[]>();
  const held = new DisposableStore();
  const found = new Map<string, PluginFolder>();
  let scanning: Promise<void> | undefined;

  async function searchAll(): Promise<void> {
    const files = await vscode.workspace.findFiles(manifests, excluded, maxPlugins);
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

  function isLeftOut(uri: vscode.Uri): boolean {
    if (uri.scheme !== 'file') return true;
    return vscode.workspace
      .asRelativePath(uri, false)
      .split('/')
      .some(part => leftOut.has(part));
  }

  function onManifest(uri: vscode.Uri): void {
    if (!isLeftOut(uri)) readAgain(uri.fsPath).catch(onBug);
  }

  /** A file that comes or goes can be the entry that a manifest names, or the folder that a manifest is in. */
  function onFile(uri: vscode.Uri): void {
    if (isLeftOut(uri)) return;
    for (const { dir, manifestFile } of [...found.values()]) {
      const isInside = uri.fsPath.startsWith(dir + sep);
      if (isInside || manifestFile.startsWith(uri.fsPath + sep)) readAgain(manifestFile).catch(onBug);
    }
  }

  /** A folder that comes as a whole, such as by a move, is one event; what is in it has to be looked for. */
  async function onCreated(uri: vscode.Uri): Promise<void> {
    onFile(uri);
    const stat = isLeftOut(uri) ? undefined : await lstat(uri.fsPath).catch(() => undefined);
    if (!stat?.isDirectory()) return;
    const pattern = new vscode.RelativePattern(uri, manifests);
    const files = await vscode.workspace.findFiles(pattern, excluded, maxPlugins);
    await Promise.all(files.map(file => readAgain(file.fsPath)));
  }

  const manifestWatcher = held.add(vscode.workspace.createFileSystemWatcher(manifests));
  manifestWatcher.onDidCreate(onManifest);
  manifestWatcher.onDidChange(onManifest);
  manifestWatcher.onDidDelete(onManifest);
  const fileWatcher = held.add(vscode.workspace.createFileSystemWatcher('**/*', false, true, false));
  fileWatcher.onDidCreate(uri => void onCreated(uri).catch(onBug));
  fileWatcher.onDidDelete(onFile);
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

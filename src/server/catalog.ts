import { dirname } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { findManifests, isLeftOut, pluginFilesOnDisk, readManifestFile } from '../manifest/disk/index.ts';
import { readManifest } from '../manifest/index.ts';
import { createPluginWorkspace, type PluginWorkspace } from '../manifest/workspace/index.ts';
import { uriOf } from './uri.ts';

/** Most plugins of a workspace that are known by name. */
const MAX_PLUGINS = 10_000;

/** The plugins of the workspace folders, from open documents first and the disk second; read when someone asks. */
export interface Catalog {
  /** Everything known, brought up to date. */
  plugins(): Promise<PluginWorkspace>;
  /** Says that a manifest was changed, created or deleted. */
  changed(path: string): void;
  /** Says that the workspace has other folders. */
  reset(): void;
}

/** What a catalog looks at. */
export interface CatalogPorts {
  openDocument(uri: string): TextDocument | undefined;
  /** Absolute paths of open manifests. */
  openManifests(): readonly string[];
  workspaceFolders(): readonly string[];
}

export function createCatalog(ports: CatalogPorts): Catalog {
  let loading: Promise<PluginWorkspace> | undefined;
  const stale = new Set<string>();

  const refresh = (workspace: PluginWorkspace, path: string): void => {
    const open = ports.openDocument(uriOf(path));
    const reading =
      open === undefined
        ? readManifestFile(path)?.reading
        : readManifest({ text: open.getText(), file: path, files: pluginFilesOnDisk(dirname(path)) });
    if (reading === undefined) workspace.delete(path);
    else workspace.set(path, reading);
  };

  const load = async (): Promise<PluginWorkspace> => {
    const workspace = createPluginWorkspace();
    for (const path of ports.openManifests()) stale.add(path);
    let left = MAX_PLUGINS;
    for (const folder of ports.workspaceFolders()) {
      for await (const path of findManifests(folder)) {
        if (--left < 0) return workspace;
        refresh(workspace, path);
      }
    }
    return workspace;
  };

  return {
    plugins: async () => {
      loading ??= load();
      const workspace = await loading;
      for (const path of stale) refresh(workspace, path);
      stale.clear();
      return workspace;
    },
    changed: path => {
      if (!isLeftOut(path) || ports.openDocument(uriOf(path)) !== undefined) stale.add(path);
    },
    reset: () => {
      loading = undefined;
    },
  };
}

import { statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { pluginFilesOnDisk, readManifestText } from '../manifest/disk/index.ts';
import { type Machine, type ManifestReading, manifestFileNames, readManifest } from '../manifest/index.ts';
import { uriOf } from './uri.ts';

/** The plugin a source file belongs to. */
export interface OwningPlugin {
  /** Absolute path of the folder that holds the manifest. */
  readonly folder: string;
  /** Absolute path of the manifest. */
  readonly manifestFile: string;
  /** Path of the source file within it. */
  readonly relativePath: string;
}

/** What is known about plugins, from open documents first and the disk second. */
export interface Plugins {
  isManifest(path: string): boolean;
  /** Reads the manifest in an open document; always afresh, because the files it names may have come or gone. */
  read(document: TextDocument, path: string): ManifestReading;
  /** The plugin of a source file: the nearest manifest above it, if that is of a known profile. */
  ownerOf(path: string): OwningPlugin | undefined;
}

/** What {@link createPlugins} needs to know. */
export interface PluginPorts {
  openDocument(uri: string): TextDocument | undefined;
  /** Absolute paths; empty when the client has no workspace, then every parent folder counts. */
  workspaceFolders(): readonly string[];
  /** Where the plugins are to run. */
  machine(): Machine;
}

export function createPlugins(ports: PluginPorts): Plugins {
  // Manifest path → whether it is of a known profile, as long as the text has not changed.
  const known = new Map<string, { readonly stamp: string; readonly isPlugin: boolean }>();

  const isPlugin = (path: string): boolean | undefined => {
    const document = ports.openDocument(uriOf(path));
    const stamp = document ? `open ${document.version}` : stampOf(path);
    if (stamp === undefined) return undefined;
    const cached = known.get(path);
    if (cached?.stamp === stamp) return cached.isPlugin;
    const text = document?.getText() ?? readManifestText(path)?.text;
    const files = pluginFilesOnDisk(dirname(path));
    const reading = text === undefined ? undefined : readManifest({ text, file: path, files });
    const result = { stamp, isPlugin: reading?.profile !== undefined };
    known.set(path, result);
    return result.isPlugin;
  };

  return {
    isManifest: path => manifestFileNames.some(name => name === basename(path)),
    read: (document, path) =>
      readManifest({
        text: document.getText(),
        file: path,
        files: pluginFilesOnDisk(dirname(path)),
        machine: ports.machine(),
      }),
    ownerOf: path => {
      const folders = ports.workspaceFolders();
      const within = folders.filter(folder => isInside(path, folder));
      if (folders.length > 0 && within.length === 0) return undefined;
      for (let folder = dirname(path); ; folder = dirname(folder)) {
        for (const name of manifestFileNames) {
          const answer = isPlugin(join(folder, name));
          if (answer === true)
            return { folder, manifestFile: join(folder, name), relativePath: relative(folder, path) };
          if (answer === false) return undefined;
        }
        const last =
          folder === dirname(folder) || (within.length > 0 && !within.some(w => isInside(folder, w)));
        if (last || within.includes(folder)) return undefined;
      }
    },
  };
}

function stampOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    return `${stats.mtimeMs} ${stats.size}`;
  } catch {
    return undefined;
  }
}

/** Whether a path lies somewhere below a folder, and is not the folder. */
export function isInside(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between !== '' && between.split(/[\\/]/)[0] !== '..' && !/^(?:[A-Za-z]:)?[\\/]/.test(between);
}

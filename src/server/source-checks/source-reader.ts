import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isScannable, languageOf, MAX_SOURCE_LENGTH, type ProjectPorts } from '../../analysis/index.ts';

/** As much text of closed files as is kept, in UTF-16 code units. */
const MAX_KEPT = 16 * 1024 * 1024;
/** Files of one folder that are taken in where a folder is a package. */
const MAX_FILES_IN_FOLDER = 500;

/** The files of a plugin, as the analyzer asks for them. */
export type PluginFiles = Required<Pick<ProjectPorts, 'read' | 'filesIn' | 'absolute'>>;

/** Reads the source of plugins: what is open as it is typed, else what is on the disk. */
export interface SourceReader {
  /**
   * The files of one plugin at this moment; nothing outside its folder, through no link, and no dependencies.
   *
   * @param open text of open documents by absolute path
   */
  filesOf(folder: string, open: ReadonlyMap<string, string>): PluginFiles;
}

export function createSourceReader(): SourceReader {
  const kept = new Map<string, { readonly stamp: string; readonly text: string }>();
  let size = 0;

  const drop = (path: string): void => {
    size -= kept.get(path)?.text.length ?? 0;
    kept.delete(path);
  };
  const textAt = (path: string): string | undefined => {
    const stamp = stampOf(path);
    const known = kept.get(path);
    if (known !== undefined && known.stamp === stamp) return known.text;
    drop(path);
    const text = stamp === undefined ? undefined : readText(path);
    if (stamp === undefined || text === undefined) return undefined;
    kept.set(path, { stamp, text });
    size += text.length;
    for (const oldest of kept.keys()) {
      if (size <= MAX_KEPT) break;
      drop(oldest);
    }
    return text;
  };

  return {
    filesOf: (folder, open) => {
      const within = new Map<string, boolean>();
      // A link in the way may lead anywhere.
      const isWithin = (path: string): boolean => {
        let known = within.get(path);
        if (known === undefined) {
          known = path === folder || isRealBelow(path, folder);
          within.set(path, known);
        }
        return known;
      };
      return {
        absolute: file => join(folder, file),
        read: file => {
          const language = languageOf(file);
          if (language === undefined || !isOwn(file) || !isScannable(file)) return undefined;
          const path = join(folder, file);
          const text = open.get(path) ?? (isWithin(dirname(path)) ? textAt(path) : undefined);
          return text === undefined ? undefined : { text, language };
        },
        filesIn: below => {
          const path = join(folder, below);
          if (!isOwn(below) || !isWithin(path.replace(/[\\/]$/, ''))) return [];
          const files = new Set<string>();
          for (const entry of entriesOf(path)) {
            if (entry.isFile() && isScannable(below + entry.name)) files.add(below + entry.name);
            if (files.size >= MAX_FILES_IN_FOLDER) break;
          }
          // One that was not saved yet is there, too.
          for (const file of open.keys()) {
            const name = file.slice(dirname(file).length + 1);
            if (join(path, name) === file && isScannable(below + name)) files.add(below + name);
          }
          return [...files].sort();
        },
      };
    },
  };
}

/** Whether a relative path stays where it begins. */
function isOwn(file: string): boolean {
  return !file.startsWith('/') && !file.split(/[\\/]/).includes('..') && !file.includes('\0');
}

function isRealBelow(path: string, folder: string): boolean {
  try {
    const real = realpathSync(folder);
    return realpathSync(path) === join(real, path.slice(folder.length));
  } catch {
    return false;
  }
}

/** `undefined` for anything but a file of a sensible size. */
function stampOf(path: string): string | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    // A UTF-16 code unit is at most three bytes of UTF-8.
    if (!stats?.isFile() || stats.size > 3 * MAX_SOURCE_LENGTH) return undefined;
    return `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { watch } from 'chokidar';
import type { Disposable } from '../../base/index.ts';
import { isWithin } from '../process/grants.ts';

/** Changes within this many milliseconds are one: editors write a file in several steps. */
const DEBOUNCE_MS = 30;

/** Files up to so many bytes are told apart by their content, larger ones by size and time. */
const MOST_READ = 4 * 1024 * 1024;

/** Folders whose content is not the plugin's source. */
const IGNORED_FOLDERS = new Set(['node_modules', '.git', '.hg', '.svn', '.plugin-meta', 'coverage']);

/** Folders that builds write to; watched only when the entry lies in them. */
const OUTPUT_FOLDERS = new Set(['dist', 'build', 'out', 'target', '.cache']);

/** What a watcher leaves out. */
export interface WatchOptions {
  /** Real path of the plugin's folder. */
  readonly dir: string;
  /** Real path of the module that is loaded first. */
  readonly entry: () => string;
  /** Folders and files the plugin writes itself. */
  readonly written: () => readonly string[];
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** Tells, for every path below the folder, whether a change of it concerns nobody. */
export function isIgnored(file: string, options: Pick<WatchOptions, 'dir' | 'entry' | 'written'>): boolean {
  if (options.written().some(written => isWithin(written, file))) return true;
  const parts = path.relative(options.dir, file).split(path.sep);
  const entryParts = path.relative(options.dir, options.entry()).split(path.sep);
  return parts.some((part, depth) => {
    if (IGNORED_FOLDERS.has(part)) return true;
    return OUTPUT_FOLDERS.has(part) && entryParts[depth] !== part;
  });
}

/**
 * Watches a plugin's source. A file that is written anew with what it held when it last changed is no change. A save that replaces the file (write beside, rename over) counts as a change like any
 * other; links are not followed, so that nothing outside the folder is watched. Resolves when changes are seen.
 */
export async function watchSource(options: WatchOptions): Promise<Disposable> {
  let timer: NodeJS.Timeout | undefined;
  const seen = new Map<string, string>();
  const touched = new Set<string>();
  const tell = (): void => {
    // On a busy machine one save can be announced twice, a while apart.
    const changed = [...touched].filter(file => {
      const now = contentOf(file);
      const before = seen.get(file);
      seen.set(file, now);
      return now !== before;
    });
    touched.clear();
    if (changed.length > 0) options.onChange();
  };
  const watcher = watch(options.dir, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (file: string) => isIgnored(file, options),
  });
  watcher.on('all', (event, file) => {
    if (event === 'addDir' || event === 'unlinkDir' || isIgnored(file, options) || isEditorDebris(file))
      return;
    clearTimeout(timer);
    touched.add(file);
    timer = setTimeout(tell, DEBOUNCE_MS);
  });
  watcher.on('error', options.onError);
  await new Promise<void>(resolve => watcher.once('ready', () => resolve()));
  return {
    dispose: () => {
      clearTimeout(timer);
      void watcher.close();
    },
  };
}

/** Tells two contents of a file apart; the same for every file that is gone. */
function contentOf(file: string): string {
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > MOST_READ) return `${size} ${mtimeMs}`;
    return createHash('sha1').update(readFileSync(file)).digest('base64');
  } catch {
    return '';
  }
}

/** Swap files, backups and the temporary halves of atomic saves. */
function isEditorDebris(file: string): boolean {
  const name = path.basename(file);
  return /(^\.#|^#.*#$|~$|\.sw[a-z]$|\.tmp$|^4913$|\.crswap$)/.test(name);
}

import path from 'node:path';
import { fitsSegment } from './segment.ts';

/** A file pattern of a manifest, ready to be compared with real paths. */
export interface FilePattern {
  /** Whether the path is one the pattern names. `parts` are the names from the root on. */
  names(parts: readonly string[]): boolean;
  /** Whether something that the pattern names can lie at or below the path. */
  reaches(parts: readonly string[]): boolean;
  /** The folder that a pattern such as `./data/**` is rooted in: names the path and all below it. */
  isRoot(parts: readonly string[]): boolean;
}

/** Where relative patterns and `~/` begin; absolute, real paths. */
export interface PatternPlaces {
  readonly pluginDir: string;
  readonly homeDir: string;
}

/** A manifest is read by people; more alternatives than this are no list any more. */
const MOST_ALTERNATIVES = 256;

/**
 * Reads a pattern: `./data/*`, `./data/**`, `logs/*.txt`, `~/notes/**`, `/srv/{a,b}/?.log`. `**` as a whole part
 * stands for any number of folders, none included; a relative pattern that leads out of the plugin's folder names
 * nothing.
 */
export function readPattern(text: string, places: PatternPlaces): FilePattern {
  const alternatives = text.includes('\0') ? [] : expandBraces(text).flatMap(one => partsOf(one, places));
  return {
    names: parts => alternatives.some(pattern => match(pattern, parts, 'whole')),
    reaches: parts => alternatives.some(pattern => match(pattern, parts, 'beginning')),
    isRoot: parts =>
      alternatives.some(pattern => pattern.at(-1) === '**' && match(pattern.slice(0, -1), parts, 'whole')),
  };
}

/** The names of an absolute path, from the root on. */
export function splitPath(absolute: string): string[] {
  return absolute.split('/').filter(part => part !== '');
}

function partsOf(text: string, { pluginDir, homeDir }: PatternPlaces): string[][] {
  if (text === '' || (text.startsWith('~') && !text.startsWith('~/'))) return [];
  const absolute = text.startsWith('~/')
    ? path.posix.join(escapeName(homeDir), text.slice(2))
    : path.posix.resolve(escapeName(pluginDir), text);
  const parts = splitPath(absolute);
  if (!text.startsWith('~/') && !text.startsWith('/')) {
    const own = splitPath(escapeName(pluginDir));
    if (own.some((part, index) => parts[index] !== part)) return [];
  }
  return [parts];
}

/** The folder's own name may hold characters that mean something in a pattern. */
function escapeName(absolute: string): string {
  return absolute.replace(/[*?[\]{}\\]/g, '\\$&');
}

/** Compares from the left; `beginning` is content when the path ends before the pattern does. */
function match(pattern: readonly string[], parts: readonly string[], how: 'whole' | 'beginning'): boolean {
  // Which parts of the pattern may come next, after each name of the path.
  let open = skipFolders(pattern, new Set([0]));
  for (const part of parts) {
    const next = new Set<number>();
    for (const index of open) {
      const wanted = pattern[index];
      if (wanted === '**') next.add(index);
      else if (wanted !== undefined && fitsSegment(wanted, part)) next.add(index + 1);
    }
    if (next.size === 0) return false;
    open = skipFolders(pattern, next);
  }
  return how === 'beginning' || open.has(pattern.length);
}

/** `**` may stand for no folder at all. */
function skipFolders(pattern: readonly string[], open: Set<number>): Set<number> {
  for (const index of open) if (pattern[index] === '**') open.add(index + 1);
  return open;
}

/** `a{b,c}d` → `abd`, `acd`; also within one another. A brace without a comma is a character. */
function expandBraces(text: string): string[] {
  const done: string[] = [];
  const waiting = [text];
  while (waiting.length > 0 && done.length + waiting.length <= MOST_ALTERNATIVES) {
    const next = waiting.pop() ?? '';
    const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (group === null) done.push(next);
    else {
      const [whole, list = ''] = group;
      for (const one of list.split(',')) {
        waiting.push(next.slice(0, group.index) + one + next.slice(group.index + whole.length));
      }
    }
  }
  return waiting.length > 0 ? [] : done;
}

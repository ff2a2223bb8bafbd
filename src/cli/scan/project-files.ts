import { createHash } from 'node:crypto';
import { readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { languageOf, type ProjectFile, type SourceLanguage } from '../../analysis/index.ts';
import type { Finding } from '../../base/index.ts';
import { decodeSource, readBytes } from '../read-source.ts';

/** As much as is read of a project beside the files that are wanted; each is kept in memory as a tree. */
const MAX_BESIDES = 24 * 1024 * 1024;

/** What the hash of something says that is not there. */
export const ABSENT = '-';

/** The files of one project as the analysis asks for them. */
export interface ProjectFiles {
  /** A file by its name in the project; `undefined` when there is none that may be read. */
  read(name: string): ProjectFile | undefined;
  /** Why a file that is there can't be looked at, after it was asked for. */
  problemOf(name: string): Finding | undefined;
  filesIn(folder: string): readonly string[];
  /**
   * What a file, or the list of what is in a folder (its name ends in `/`), was when it was asked for; {@link ABSENT}
   * when there is none.
   */
  hashOf(name: string): string;
}

/**
 * Reads a project's files from disk; nothing outside its folder, whatever leads there.
 *
 * @param languages of files whose name does not tell
 */
export function projectFiles(root: string, languages: ReadonlyMap<string, SourceLanguage>): ProjectFiles {
  const hashes = new Map<string, string>();
  const problems = new Map<string, Finding>();
  const real = realOf(root);
  const inside = (name: string): string | undefined => {
    if (real === undefined || name.includes('\0')) return undefined;
    const path = realOf(join(root, name));
    const isInside =
      path !== undefined && (path === real || path.startsWith(real.endsWith(sep) ? real : real + sep));
    return isInside ? path : undefined;
  };
  let besides = 0;
  const read = (name: string): ProjectFile | undefined => {
    const language = languages.get(name) ?? languageOf(name);
    const file = join(root, name);
    const path = language === undefined ? undefined : inside(name);
    const isWanted = languages.has(name);
    if (language === undefined || (path === undefined && !isWanted) || (!isWanted && besides > MAX_BESIDES)) {
      hashes.set(name, ABSENT);
      return undefined;
    }
    const { bytes, finding } = readBytes(path ?? file);
    if (bytes === undefined) {
      problems.set(name, { ...finding, file });
      hashes.set(name, ABSENT);
      return undefined;
    }
    if (!isWanted) besides += bytes.length;
    hashes.set(name, hashBytes(bytes));
    const source = decodeSource(file, bytes);
    if (source.finding !== undefined) {
      problems.set(name, source.finding);
      return undefined;
    }
    return { text: source.text, language };
  };
  const filesIn = (folder: string): readonly string[] => {
    const path = inside(folder);
    const names = path === undefined ? undefined : sourcesIn(path);
    hashes.set(folder, names === undefined ? ABSENT : hashBytes(names.join('\0')));
    return (names ?? []).map(name => `${folder === './' ? '' : folder}${name}`);
  };
  return {
    read,
    problemOf: name => problems.get(name),
    filesIn,
    hashOf: name => {
      const known = hashes.get(name);
      if (known !== undefined) return known;
      if (name === '' || name.endsWith('/')) filesIn(name);
      else {
        const path = inside(name);
        const { bytes } = path === undefined ? {} : readBytes(path);
        hashes.set(name, bytes === undefined ? ABSENT : hashBytes(bytes));
      }
      return hashes.get(name) ?? ABSENT;
    },
  };
}

function hashBytes(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27);
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function sourcesIn(path: string): string[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(entry => entry.isFile() && languageOf(entry.name) !== undefined)
      .map(({ name }) => name)
      .sort();
  } catch {
    return undefined;
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { uriOf } from '../uri.ts';
import { type Literal, literalSyntaxOf, literalsOf } from './literals.ts';

/** Bounds of what is looked through in one plugin. */
const MAX_FILES = 2_000;
const MAX_DEPTH = 12;
const MAX_FILE_BYTES = 512 * 1024;

const skipped = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'target',
  'vendor',
  'coverage',
]);

/** A source file of a plugin with its literals. */
export interface SourceText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly literals: readonly Literal[];
}

/** Reads the source of plugins; open documents count before the disk. */
export interface SourceFiles {
  /** The source files below a plugin's folder that can be read, in the order of their paths. */
  of(folder: string): readonly SourceText[];
  /** One source file; `undefined` when it is none or can't be read. */
  at(file: string): SourceText | undefined;
}

/** @param openDocument the text of a file as the client has it */
export function createSourceFiles(openDocument: (uri: string) => TextDocument | undefined): SourceFiles {
  const cache = new Map<string, { readonly stamp: string; readonly source: SourceText }>();

  const at = (file: string): SourceText | undefined => {
    const syntax = literalSyntaxOf(file);
    if (syntax === undefined) return undefined;
    const open = openDocument(uriOf(file));
    const stamp = open === undefined ? stampOf(file) : `open ${open.version}`;
    if (stamp === undefined) return undefined;
    const known = cache.get(file);
    if (known?.stamp === stamp) return known.source;
    const text = open?.getText() ?? readText(file);
    if (text === undefined || text.length > MAX_FILE_BYTES) return undefined;
    const source = { file, text, literals: literalsOf(text, syntax) };
    cache.set(file, { stamp, source });
    return source;
  };

  return {
    at,
    of: folder => listSources(folder).flatMap(file => at(file) ?? []),
  };
}

function stampOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > MAX_FILE_BYTES) return undefined;
    return `${stats.mtimeMs} ${stats.size}`;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Links are not followed: they may lead anywhere, and in circles. */
function listSources(folder: string): string[] {
  const files: string[] = [];
  const visit = (dir: string, depth: number): void => {
    if (depth > MAX_DEPTH || files.length >= MAX_FILES) return;
    for (const entry of entriesOf(dir)) {
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(join(dir, entry.name), depth + 1);
      } else if (entry.isFile() && literalSyntaxOf(entry.name) !== undefined && files.length < MAX_FILES) {
        files.push(join(dir, entry.name));
      }
    }
  };
  visit(folder, 0);
  return files.sort();
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

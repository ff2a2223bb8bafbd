import type { SourceLanguage } from './languages.ts';
import type { ParsedFile, Parsers, Unparsed } from './parse.ts';

/** As much text as one cache keeps unless it is told otherwise, in UTF-16 code units; a tree takes about 110 bytes for each. */
const MAX_KEPT = 2 * 1024 * 1024;

/**
 * Parsed files by their text, for whoever looks at the same plugin again and again: of a hundred files one has changed.
 * The longest unused go first.
 */
export interface ParseCache {
  /** The file of that text, parsed now if it is not known. What could not be parsed is tried again the next time. */
  get(text: string, language: SourceLanguage, parse: () => ParsedFile | Unparsed): ParsedFile | Unparsed;
  has(text: string, language: SourceLanguage): boolean;
  /** Forgets a file that nobody has any more. */
  drop(text: string, language: SourceLanguage): void;
}

/** @param maxKept as much text as is kept, in UTF-16 code units */
export function createParseCache(maxKept = MAX_KEPT): ParseCache {
  // The text itself is the key: the engine hashes it once, and two files of one text are told apart by nobody.
  const kept = new Map<SourceLanguage, Map<string, ParsedFile>>();
  const order = new Set<ParsedFile>();
  let size = 0;
  const drop = (text: string, language: SourceLanguage): void => {
    const file = kept.get(language)?.get(text);
    if (file === undefined) return;
    order.delete(file);
    kept.get(language)?.delete(text);
    size -= text.length;
  };
  return {
    drop,
    has: (text, language) => kept.get(language)?.has(text) ?? false,
    get: (text, language, parse) => {
      let files = kept.get(language);
      if (files === undefined) {
        files = new Map();
        kept.set(language, files);
      }
      const known = files.get(text);
      if (known !== undefined) {
        order.delete(known);
        order.add(known);
        return known;
      }
      const parsed = parse();
      if ('reason' in parsed || parsed.isCut || text.length > maxKept) return parsed;
      files.set(text, parsed);
      order.add(parsed);
      size += text.length;
      for (const oldest of order) {
        if (size <= maxKept) break;
        drop(oldest.text, oldest.language);
      }
      return parsed;
    },
  };
}

/** A parser that asks a cache first; without one, the parser itself. */
export function parseThrough(cache: ParseCache | undefined, parse: Parsers['parse']): Parsers['parse'] {
  if (cache === undefined) return parse;
  return (text, language, expired) => cache.get(text, language, () => parse(text, language, expired));
}

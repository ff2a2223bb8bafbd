import { Language, Parser } from 'web-tree-sitter';
import type { ModuleIr } from './ir/index.ts';
import type { SourceLanguage } from './languages.ts';
import type { Lowering } from './lower/port.ts';
import { copyTree } from './syntax/copy-tree.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** A file is analysed as far as this, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 512 * 1024;

/** A file, parsed and lowered. */
export interface ParsedFile {
  /** As far as it was looked at. */
  readonly text: string;
  readonly language: SourceLanguage;
  /** Whether there is more of it than can be looked at. */
  readonly isCut: boolean;
  /** Every node, parents before children, in the order of the text. */
  readonly nodes: readonly SyntaxNode[];
  readonly ir: ModuleIr;
}

/** Why a file can't be looked at, as the end of a sentence that begins with "it". */
export interface Unparsed {
  readonly reason: string;
  /** Time was over, which another day it might not be. */
  readonly isLate?: boolean;
}

/** Turns text into trees. */
export interface Parsers {
  /** Never throws because of the text. `expired` is asked now and then whether to give up. */
  parse(text: string, language: SourceLanguage, expired: () => boolean): ParsedFile | Unparsed;
}

/** Loads the parser and the grammars; rejects when a wasm file can't be had. */
export async function createParsers(
  lowerings: ReadonlyMap<SourceLanguage, Lowering>,
  loadWasm: (name: string) => Promise<Uint8Array>,
): Promise<Parsers> {
  await Parser.init({ wasmBinary: await loadWasm('web-tree-sitter.wasm') });
  const parsers = new Map<SourceLanguage, Parser>();
  for (const [language, { grammar }] of lowerings) {
    parsers.set(language, new Parser().setLanguage(await Language.load(await loadWasm(grammar))));
  }
  return {
    parse: (whole, language, expired) => {
      const parser = parsers.get(language);
      const lowering = lowerings.get(language);
      if (parser === undefined || lowering === undefined) return { reason: 'is in no known language' };
      const text = firstPart(whole);
      const tree = parser.parse(text, null, { progressCallback: expired });
      if (tree === null) {
        parser.reset();
        return { reason: 'takes too long to parse', isLate: true };
      }
      const nodes = copyTree(tree);
      tree.delete();
      const root = nodes?.[0];
      if (nodes === undefined || root === undefined) return { reason: 'is nested too deeply' };
      try {
        return { text, language, isCut: text.length < whole.length, nodes, ir: lowering.lower(root, text) };
      } catch (error) {
        if (error instanceof RangeError) return { reason: 'is nested too deeply' };
        throw error;
      }
    },
  };
}

/** What of a text is looked at: as many whole lines as the limit allows, or a part of a line that is longer. */
function firstPart(text: string): string {
  if (text.length <= MAX_SOURCE_LENGTH) return text;
  const lineBreak = text.lastIndexOf('\n', MAX_SOURCE_LENGTH - 1);
  return text.slice(0, lineBreak > MAX_SOURCE_LENGTH / 2 ? lineBreak + 1 : MAX_SOURCE_LENGTH);
}

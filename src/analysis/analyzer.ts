import { Language, Parser } from 'web-tree-sitter';
import type { Finding } from '../base/index.ts';
import { startOfFile } from '../base/index.ts';
import { languageOf } from './languages.ts';
import type { Rule, SourceLanguage } from './rule.ts';
import { rules } from './rules/index.ts';
import { createDispatch, type Dispatch, runRules } from './run-rules.ts';
import { applySuppressions } from './suppression.ts';
import { copyTree } from './syntax/copy-tree.ts';

/** Code of the finding about a file that is too big, too deep or too slow to be analysed. */
export const SCAN_TOO_LARGE = 'PW-SCAN-TOO-LARGE';

/** Largest file that is analysed, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 2 * 1024 * 1024;

/** Longest time for one file, in milliseconds; honest files of the largest size take a fraction of it. */
const TIME_LIMIT_MS = 5_000;

/** Names of the WebAssembly files the analyzer asks its port for: the parser runtime and a grammar per language. */
export const analyzerWasmFiles: readonly string[] = [
  'web-tree-sitter.wasm',
  'tree-sitter-javascript.wasm',
  'tree-sitter-typescript.wasm',
  'tree-sitter-tsx.wasm',
];

/** What the analyzer needs from outside. */
export interface AnalyzerPorts {
  /** The bytes of one of {@link analyzerWasmFiles}. */
  loadWasm(name: string): Promise<Uint8Array>;
  /** Replaces the limit for one file, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
}

/** One source file. */
export interface SourceFile {
  /** Absolute path; goes into findings, and its ending decides the language. */
  readonly file: string;
  readonly text: string;
  /** Overrides what the file name says. */
  readonly language?: SourceLanguage | undefined;
}

/** Looks for dangerous patterns in JavaScript and TypeScript. */
export interface Analyzer {
  readonly rules: readonly Rule[];
  /** Findings in the order of the text; none for a file of another language. Never throws because of the text. */
  analyze(source: SourceFile): Finding[];
}

interface Grammar {
  readonly parser: Parser;
  readonly dispatch: Dispatch;
}

/** Loads the parser and its grammars; afterwards analysis is synchronous. Rejects when a wasm file can't be had. */
export async function createAnalyzer(ports: AnalyzerPorts): Promise<Analyzer> {
  await Parser.init({ wasmBinary: await ports.loadWasm('web-tree-sitter.wasm') });
  const languages: readonly SourceLanguage[] = ['javascript', 'typescript', 'tsx'];
  const grammars = new Map(
    await Promise.all(
      languages.map(async (language): Promise<[SourceLanguage, Grammar]> => {
        const grammar = await Language.load(await ports.loadWasm(`tree-sitter-${language}.wasm`));
        const parser = new Parser().setLanguage(grammar);
        return [language, { parser, dispatch: createDispatch(rules, language) }];
      }),
    ),
  );
  const timeLimit = ports.timeLimitMs ?? TIME_LIMIT_MS;

  return {
    rules,
    analyze: source => {
      const language = source.language ?? languageOf(source.file);
      const grammar = language && grammars.get(language);
      if (!language || !grammar) return [];
      return analyzeWith(grammar, language, source, timeLimit);
    },
  };
}

function analyzeWith(
  { parser, dispatch }: Grammar,
  language: SourceLanguage,
  source: SourceFile,
  timeLimitMs: number,
): Finding[] {
  const { file, text } = source;
  if (text.length > MAX_SOURCE_LENGTH) {
    return [notScanned(file, `is larger than ${MAX_SOURCE_LENGTH / 1024 / 1024} MiB`)];
  }
  const deadline = performance.now() + timeLimitMs;
  const expired = (): boolean => performance.now() > deadline;
  const tree = parser.parse(text, null, { progressCallback: expired });
  if (tree === null) {
    parser.reset();
    return [notScanned(file, `takes longer than ${timeLimitMs} ms to parse`)];
  }
  const nodes = copyTree(tree);
  tree.delete();
  if (nodes === undefined) return [notScanned(file, 'is nested too deeply')];

  const { findings, comments, lines, complete } = runRules(
    { file, text, language, nodes },
    dispatch,
    expired,
  );
  const kept = applySuppressions(findings, { file, text, lines }, comments);
  if (!complete) kept.push(notScanned(file, `takes longer than ${timeLimitMs} ms to look through`));
  return kept.sort(
    (a, b) =>
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character ||
      a.code.localeCompare(b.code),
  );
}

function notScanned(file: string, reason: string): Finding {
  return {
    code: SCAN_TOO_LARGE,
    severity: 'warning',
    message: `This file was not checked for dangerous patterns: it ${reason}.`,
    why: 'Source that nobody can check is where harmful code hides; ship readable source, or exclude build output.',
    file,
    range: startOfFile,
  };
}

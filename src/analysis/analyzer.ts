import type { Finding, TextEdit } from '../base/index.ts';
import { createEngine, type Project, type ProjectPorts } from './engine.ts';
import { languageOf, type SourceLanguage } from './languages.ts';
import type { ParseCache } from './parse-cache.ts';
import { rules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { supportedLanguages } from './supported-languages.ts';
import { suppressionEdit } from './suppression-place.ts';

/** Names of the WebAssembly files the analyzer asks its port for: the parser runtime and a grammar per language. */
export const analyzerWasmFiles: readonly string[] = [
  'web-tree-sitter.wasm',
  ...new Set([...supportedLanguages.values()].map(({ lowering }) => lowering.grammar)),
];

/** What the analyzer needs from outside. */
export interface AnalyzerPorts {
  /** The bytes of one of {@link analyzerWasmFiles}. */
  loadWasm(name: string): Promise<Uint8Array>;
  /** Replaces the limit for one file, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
  /** Loads the grammars of these languages alone; the others’ files are told to be in no known language. Default: all. */
  readonly languages?: ReadonlySet<SourceLanguage> | undefined;
}

/** One source file. */
export interface SourceFile {
  /** Absolute path; goes into findings, and its ending decides the language. */
  readonly file: string;
  readonly text: string;
  /** Overrides what the file name says. */
  readonly language?: SourceLanguage | undefined;
}

/** Looks for dangerous patterns in source of all supported languages. */
export interface Analyzer {
  readonly rules: readonly Rule[];
  /** Opens a plugin, whose files are looked at together. */
  open(ports: ProjectPorts): Project;
  /**
   * Findings of a file by itself, in the order of the text; none for a file of another language. Never throws because of
   * the text.
   */
  analyze(source: SourceFile): Finding[];
  /**
   * The edit that switches a finding's rule off for its line, in the way of the language, with a reason to fill in;
   * `undefined` where no comment can stand, and for files that can't be parsed.
   */
  suppress(source: SourceFile, finding: Finding, parses?: ParseCache): TextEdit | undefined;
}

/** Loads the parser and its grammars; afterwards analysis is synchronous. Rejects when a wasm file can't be had. */
export async function createAnalyzer(ports: AnalyzerPorts): Promise<Analyzer> {
  const wanted = ports.languages;
  const languages = new Map([...supportedLanguages].filter(([id]) => wanted === undefined || wanted.has(id)));
  const engine = await createEngine({
    languages,
    rules,
    loadWasm: name => ports.loadWasm(name),
    timeLimitMs: ports.timeLimitMs,
  });
  return {
    rules,
    open: projectPorts => engine.open(projectPorts),
    analyze: ({ file, text, language = languageOf(file) }) => {
      if (language === undefined) return [];
      const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
      const project = engine.open({
        read: asked => (asked === name ? { text, language } : undefined),
        absolute: () => file,
        isTarget: () => true,
      });
      return project.analyze(name);
    },
    suppress: ({ file, text, language = languageOf(file) }, { code, range }, parses) => {
      const parsed = language === undefined ? undefined : engine.parse({ text, language }, parses);
      if (parsed === undefined || 'reason' in parsed) return undefined;
      return suppressionEdit(parsed, code, range.start.line);
    },
  };
}

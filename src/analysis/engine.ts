import { type Finding, startOfFile } from '../base/index.ts';
import { Collector, createSubject, type Subject } from './collector.ts';
import { indexKnowledge, type Knowledge, type LanguageTools, Program } from './flow/index.ts';
import type { SourceLanguage } from './languages.ts';
import type { Lowering } from './lower/port.ts';
import { createParsers, MAX_SOURCE_LENGTH, type ParsedFile, type Parsers, type Unparsed } from './parse.ts';
import { type ParseCache, parseThrough } from './parse-cache.ts';
import type { Rule } from './rules/rule.ts';
import { applySuppressions, SUPPRESSION_MARK, type Suppressed, type Unsuppressed } from './suppression.ts';
import { indexRules, type WatchIndex } from './watch-index.ts';

/** Code of the finding about a file that is too big, too deep or too slow to be analysed. */
export const SCAN_INCOMPLETE = 'PW-SCAN-TOO-LARGE';

/** Longest time for one file, in milliseconds; honest files of the largest size take a fraction of it. */
const TIME_LIMIT_MS = 2_000;

/** What one language brings along. */
export interface LanguageSupport {
  readonly lowering: Lowering;
  readonly knowledge: Knowledge;
}

export interface EngineParts {
  readonly languages: ReadonlyMap<SourceLanguage, LanguageSupport>;
  readonly rules: readonly Rule[];
  /** The bytes of the parser's or a grammar's wasm file. */
  loadWasm(name: string): Promise<Uint8Array>;
  /** Replaces the limit for one file, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
}

/** One file of a plugin. */
export interface ProjectFile {
  readonly text: string;
  readonly language: SourceLanguage;
}

/** The files a look at a plugin may need. */
export interface ProjectPorts {
  /** A file by its path relative to the plugin's folder, with `/`; `undefined` when there is none. */
  read(file: string): ProjectFile | undefined;
  /** The files directly in a folder (`''` or ending in `/`), for languages in which a folder is a package. */
  filesIn?(folder: string): readonly string[];
  /** The absolute path, for findings. */
  absolute(file: string): string;
  /** Whether its own findings are wanted; the others are looked at for what they mean to these. */
  isTarget(file: string): boolean;
  /** Keeps what was parsed for the next look at the same files. */
  readonly parses?: ParseCache | undefined;
}

/** A plugin's files, looked at together. */
export interface Project {
  /**
   * After a file was analyzed: the other files that its findings depend on, as they were asked for; those that are not
   * there too. Folders end in `/`.
   */
  dependenciesOf(file: string): ReadonlySet<string>;
  /** Findings of a file, and those that it causes in others. Never throws because of the text. */
  analyze(file: string): Finding[];
  /** After a file was analyzed: what a comment in it or in another file kept out of the findings. */
  suppressed(file: string): readonly Suppressed[];
}

/** Finds dangerous patterns in the sources of plugins. */
export interface Engine {
  readonly rules: readonly Rule[];
  open(ports: ProjectPorts): Project;
  /** A file's tree, for questions about places in it. Never throws because of the text. */
  parse(file: ProjectFile, parses?: ParseCache): ParsedFile | Unparsed;
}

/** Loads the parser and its grammars; afterwards analysis is synchronous. Rejects when a wasm file can't be had. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const lowerings = new Map([...parts.languages].map(([id, { lowering }]) => [id, lowering]));
  const parsers = await createParsers(lowerings, parts.loadWasm);
  const tools = new Map<SourceLanguage, LanguageTools>();
  for (const [id, { lowering, knowledge }] of parts.languages) {
    tools.set(id, { id, lowering, known: indexKnowledge(knowledge) });
  }
  const timeLimit = parts.timeLimitMs ?? TIME_LIMIT_MS;
  // Sorting the rules takes longer than looking at a small file, so it is done once for all projects.
  let present: Collector | undefined;
  const collectorNow = (): Collector => {
    if (present === undefined) throw new Error('No file is being looked at.');
    return present;
  };
  const indexes = new Map<SourceLanguage, WatchIndex>();
  const indexOf = (language: SourceLanguage): WatchIndex => {
    let index = indexes.get(language);
    if (index === undefined) {
      index = indexRules(parts.rules, language, collectorNow);
      indexes.set(language, index);
    }
    return index;
  };
  return {
    rules: parts.rules,
    open: ports => {
      const project = openProject(ports, { tools, parse: parsers.parse, timeLimit, indexOf });
      return {
        dependenciesOf: project.dependenciesOf,
        suppressed: project.suppressed,
        analyze: file => {
          present = project.collector;
          return project.analyze(file);
        },
      };
    },
    parse: ({ text, language }, parses) => {
      const deadline = performance.now() + timeLimit;
      return parseThrough(parses, parsers.parse)(text, language, () => performance.now() > deadline);
    },
  };
}

/** What all projects share. */
interface Shared {
  readonly tools: ReadonlyMap<SourceLanguage, LanguageTools>;
  readonly parse: Parsers['parse'];
  readonly timeLimit: number;
  indexOf(language: SourceLanguage): WatchIndex;
}

function openProject(
  ports: ProjectPorts,
  { tools, parse, timeLimit: timeLimitMs, indexOf }: Shared,
): Project & { readonly collector: Collector } {
  let deadline = 0;
  const expired = (): boolean => performance.now() > deadline;
  const parseOnce = parseThrough(ports.parses, parse);
  const switchedOff = new Map<string, readonly Suppressed[]>();
  const parsed = new Map<string, ParsedFile | Unparsed | undefined>();
  const parsedAt = (file: string): ParsedFile | Unparsed | undefined => {
    if (parsed.has(file)) return parsed.get(file);
    const source = ports.read(file);
    const result = source && parseOnce(source.text, source.language, expired);
    parsed.set(file, result);
    return result;
  };
  const collector = new Collector((file): Subject | undefined => {
    const one = parsedAt(file);
    return one === undefined || 'reason' in one ? undefined : createSubject(ports.absolute(file), one);
  });
  const program = new Program({
    load: file => {
      const one = parsedAt(file);
      if (one === undefined || 'reason' in one) return undefined;
      const language = tools.get(one.language);
      return language && { ir: one.ir, language };
    },
    filesIn: folder => ports.filesIn?.(folder) ?? [],
    isTarget: file => ports.isTarget(file),
    watchersOf: language => indexOf(language).watchers,
    expired,
    interlude: () => {
      const began = performance.now();
      const outer = deadline;
      deadline = began + timeLimitMs;
      return () => {
        deadline = outer + (performance.now() - began);
      };
    },
  });

  return {
    collector,
    dependenciesOf: file => program.dependenciesOf(file),
    suppressed: file => switchedOff.get(file) ?? [],
    analyze: file => {
      deadline = performance.now() + timeLimitMs;
      const absolute = ports.absolute(file);
      let one = parsedAt(file);
      if (one !== undefined && 'reason' in one && one.isLate) {
        // Another file's time was over while it was parsed; now it has its own.
        parsed.delete(file);
        one = parsedAt(file);
      }
      if (one === undefined) return [];
      if ('reason' in one) return [notScanned(absolute, one.reason)];
      const subject = collector.subject(file);
      if (subject === undefined) return [];
      // First what costs little, so that it is told even when time runs out.
      const isShown = indexOf(one.language).showFile(subject, expired);
      const isWhole = program.run(file) && isShown;
      const found = byFile(collector.take());
      const { kept, suppressed } = unsuppressed(found.get(absolute) ?? [], subject);
      const off = [...suppressed];
      found.delete(absolute);
      for (const [other, findings] of found) {
        const target = collector.subjectAt(other);
        if (target === undefined) continue;
        const there = unsuppressed(findings, target);
        off.push(...there.suppressed);
        // What else is wrong with that file's comments is said when it is looked at itself.
        kept.push(...there.kept.filter(({ code }) => findings.some(finding => finding.code === code)));
      }
      switchedOff.set(file, off);
      if (one.isCut) {
        kept.push(
          notScanned(absolute, `is larger than ${MAX_SOURCE_LENGTH / 1024} KiB, and only its beginning was`),
        );
      }
      if (!isWhole) kept.push(notScanned(absolute, `takes longer than ${timeLimitMs} ms to look through`));
      return kept.sort(inOrder);
    },
  };
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group === undefined) groups.set(finding.file, [finding]);
    else group.push(finding);
  }
  return groups;
}

function unsuppressed(findings: readonly Finding[], subject: Subject): Unsuppressed {
  const { file, parsed } = subject;
  if (!parsed.text.includes(SUPPRESSION_MARK)) return { kept: [...findings], suppressed: [] };
  return applySuppressions(findings, { file, text: parsed.text, lines: subject.lines }, parsed.ir.comments);
}

function inOrder(a: Finding, b: Finding): number {
  return (
    a.file.localeCompare(b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.code.localeCompare(b.code)
  );
}

function notScanned(file: string, reason: string): Finding {
  return {
    code: SCAN_INCOMPLETE,
    severity: 'warning',
    message: `This file was not checked completely for dangerous patterns: it ${reason}.`,
    why: 'Source that nobody can check is where harmful code hides; ship readable source, or exclude build output.',
    file,
    range: startOfFile,
  };
}

import {
  createLineMap,
  type Finding,
  type LineMap,
  type RelatedLocation,
  type Severity,
} from '../base/index.ts';
import type { Category } from './category.ts';
import type { Step, Taint } from './flow/index.ts';
import { values } from './flow/index.ts';
import type { ParsedFile } from './parse.ts';
import type { Report, Rule, RuleContext } from './rules/rule.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** A file on its way through the rules. */
export interface Subject {
  /** Absolute path, for findings. */
  readonly file: string;
  readonly parsed: ParsedFile;
  readonly lines: LineMap;
}

const RANKS: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/** Longest way from source to sink that is told. */
const MAX_STEPS = 8;

/** Makes what rules say into findings: one for a place and a kind of harm, the worst. */
export class Collector {
  readonly #subjects = new Map<string, Subject>();
  readonly #found = new Map<string, { readonly category: Category; readonly finding: Finding }>();
  readonly #contexts = new Map<Rule, Map<Subject, RuleContext>>();
  readonly #subjectOf: (file: string) => Subject | undefined;

  /** @param subjectOf a file of the plugin by its relative path */
  constructor(subjectOf: (file: string) => Subject | undefined) {
    this.#subjectOf = subjectOf;
  }

  subject(file: string): Subject | undefined {
    const known = this.#subjects.get(file);
    if (known !== undefined) return known;
    const subject = this.#subjectOf(file);
    if (subject !== undefined) this.#subjects.set(file, subject);
    return subject;
  }

  /** A file by its absolute path, if anything was found in it. */
  subjectAt(absolute: string): Subject | undefined {
    for (const subject of this.#subjects.values()) if (subject.file === absolute) return subject;
    return undefined;
  }

  /** What a rule is shown its places with. */
  contextFor(rule: Rule, subject: Subject): RuleContext {
    let contexts = this.#contexts.get(rule);
    if (contexts === undefined) {
      contexts = new Map();
      this.#contexts.set(rule, contexts);
    }
    let context = contexts.get(subject);
    if (context === undefined) {
      context = this.#createContext(rule, subject);
      contexts.set(subject, context);
    }
    return context;
  }

  /** Everything found so far, in any file; what was taken is forgotten. */
  take(): Finding[] {
    const findings = [...this.#found.values()].map(one => one.finding);
    this.#found.clear();
    return findings;
  }

  #createContext(rule: Rule, subject: Subject): RuleContext {
    const { file, parsed } = subject;
    return {
      language: parsed.language,
      file,
      text: parsed.text,
      module: parsed.ir,
      values,
      textOf: node => parsed.text.slice(node.start, node.end),
      report: (at, report) => this.#add(rule, subject, at, report),
      replace: (node, newText, title) => ({
        title,
        edits: [{ range: subject.lines.rangeOf(node.start, node.end), newText }],
      }),
    };
  }

  #add(rule: Rule, subject: Subject, at: SyntaxNode, report: Report): void {
    const { file } = subject;
    const severity = report.severity ?? rule.severity;
    const key = `${file}\0${rule.category}\0${at.start}\0${at.end}`;
    const before = this.#found.get(key);
    if (before !== undefined && RANKS[before.finding.severity] >= RANKS[severity]) return;
    const related = report.taint === undefined ? undefined : this.#wayOf(report.taint);
    this.#found.set(key, {
      category: rule.category,
      finding: {
        code: rule.id,
        severity,
        message: report.message,
        why: rule.docs.risk,
        file,
        range: subject.lines.rangeOf(at.start, firstLineEnd(subject.parsed.text, at)),
        ...(report.fix === undefined ? {} : { fix: report.fix }),
        ...(related === undefined || related.length === 0 ? {} : { related }),
      },
    });
  }

  /** The way the data took, from its source on. */
  #wayOf(taint: Taint): RelatedLocation[] {
    const way: RelatedLocation[] = [];
    let step: Step | undefined = taint.steps;
    while (step !== undefined && way.length < MAX_STEPS) {
      const subject = this.subject(step.file);
      if (subject !== undefined) {
        const { node, message } = step;
        way.push({ file: subject.file, range: subject.lines.rangeOf(node.start, node.end), message });
      }
      step = step.before;
    }
    return way.reverse();
  }
}

/** A call with a function in it can be pages long; its first line says which it is. */
function firstLineEnd(text: string, { start, end }: SyntaxNode): number {
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0 || lineEnd >= end) return end;
  return text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
}

/** A parsed file with what findings need. */
export function createSubject(file: string, parsed: ParsedFile): Subject {
  let lines: LineMap | undefined;
  return {
    file,
    parsed,
    // Most files have no findings.
    get lines() {
      lines ??= createLineMap(parsed.text);
      return lines;
    },
  };
}

import type { Fix, Severity } from '../../base/index.ts';
import type { Category } from '../category.ts';
import type { CallEvent, ReadEvent, Taint, Values, WriteEvent } from '../flow/index.ts';
import type { ModuleIr } from '../ir/index.ts';
import type { SourceLanguage } from '../languages.ts';
import type { SyntaxNode } from '../syntax/node.ts';

/** How sure a rule is that what it reports is what it says: `high` means hardly ever wrong. */
export type Confidence = 'high' | 'medium' | 'low';

/**
 * One dangerous pattern: everything about it stands in one value, from its documentation to the check. The rules page,
 * the editor, the reports and the CLI all read it from here.
 */
export interface Rule {
  /** Stable identifier: `PW-JS-EVAL`, `PW-PY-…`, `PW-GO-…`, `PW-RS-…`, `PW-ANY-…` for all languages. */
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  /** The number in the Common Weakness Enumeration. */
  readonly cwe: number;
  /** What a report has unless it says otherwise. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly languages: readonly SourceLanguage[];
  readonly docs: {
    /** What can happen, for someone who never heard of it. */
    readonly risk: string;
    /** How to mend it. */
    readonly remedy: string;
    readonly bad: string;
    readonly good: string;
  };
  /** What it looks at; a rule may look at several kinds of things. */
  readonly watches: readonly Watch[];
}

/**
 * What a rule wants to be shown. `of` is a list of patterns as in `Knowledge`; `*` alone is everything. The engine finds
 * the watches of a place by the last part of its name, so a pattern that ends in `*` costs more than one that does not.
 */
export type Watch =
  | {
      readonly on: 'call';
      readonly of: readonly string[];
      check(call: CallEvent, context: RuleContext): void;
    }
  | {
      readonly on: 'read';
      readonly of: readonly string[];
      check(read: ReadEvent, context: RuleContext): void;
    }
  | {
      readonly on: 'write';
      readonly of: readonly string[];
      check(write: WriteEvent, context: RuleContext): void;
    }
  /** `of` are types of syntax nodes. */
  | {
      readonly on: 'node';
      readonly of: readonly string[];
      check(node: SyntaxNode, context: RuleContext): void;
    }
  /** Every literal text, decoded. */
  | { readonly on: 'text'; check(text: LiteralText, context: RuleContext): void }
  /** Once a file, after everything else. */
  | { readonly on: 'file'; check(context: RuleContext): void };

export interface LiteralText {
  readonly node: SyntaxNode;
  readonly value: string;
}

/** What a rule says about one place. */
export interface Report {
  /** What can happen here, in one sentence that names the thing. */
  readonly message: string;
  readonly severity?: Severity | undefined;
  readonly confidence?: Confidence | undefined;
  /** The way the data took; becomes related locations, source first. */
  readonly taint?: Taint | undefined;
  readonly fix?: Fix | undefined;
}

/** What a rule may ask about the file it looks at. */
export interface RuleContext {
  readonly language: SourceLanguage;
  readonly file: string;
  readonly text: string;
  readonly module: ModuleIr;
  readonly values: Values;
  textOf(node: SyntaxNode): string;
  report(at: SyntaxNode, report: Report): void;
  /** A fix that replaces the text of one node. */
  replace(node: SyntaxNode, newText: string, title: string): Fix;
}

import type { Fix, Severity } from '../base/index.ts';
import type { CallSite } from './call-site.ts';
import type { SourceLanguage } from './languages.ts';
import type { Names } from './names/index.ts';
import type { SyntaxNode } from './syntax/node.ts';

export type { SourceLanguage } from './languages.ts';

/** What kind of harm a rule is about. */
type RuleCategory =
  | 'code-execution'
  | 'process'
  | 'files'
  | 'browser'
  | 'cryptography'
  | 'secrets'
  | 'data'
  | 'runtime';

/** How sure a rule is that what it reports is what it says: `high` means hardly ever wrong. */
type Confidence = 'high' | 'medium' | 'low';

/**
 * One dangerous pattern: everything about it stands in one value, from its documentation to the check. The rules page,
 * the editor and the CLI all read it from here.
 */
export interface Rule {
  /** Stable identifier, `PW-JS-…`. */
  readonly id: string;
  readonly title: string;
  readonly category: RuleCategory;
  /** The number in the Common Weakness Enumeration; `undefined` where none fits. */
  readonly cwe: number | undefined;
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
  /** Types of the syntax nodes that `check` is called with. */
  readonly nodes: readonly string[];
  check(node: SyntaxNode, context: RuleContext): void;
}

/** What a rule says about one place. */
interface Report {
  readonly message: string;
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/** What a rule may ask about the file it looks at. */
export interface RuleContext {
  readonly language: SourceLanguage;
  readonly names: Names;
  /** The callee and arguments of a `call_expression` or `new_expression`, indirections such as `.call` undone. */
  callAt(node: SyntaxNode): CallSite;
  report(at: SyntaxNode, report: Report): void;
  /** A fix that replaces the text of one node. */
  replace(node: SyntaxNode, newText: string, title: string): Fix;
}

/** All languages; what most rules look at. */
export const everyLanguage: readonly SourceLanguage[] = ['javascript', 'typescript', 'tsx'];

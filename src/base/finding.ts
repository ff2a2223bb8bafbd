import type { Range } from './range.ts';

/** How bad a finding is, in the words of the Language Server Protocol. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One text replacement in the file a finding is about. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A change that removes a finding, offered as a quick fix. */
export interface Fix {
  /** What the change does, as an imperative: "Replace `filesytem` by `filesystem`". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A second place that helps to understand a finding. */
export interface RelatedLocation {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

/**
 * A problem in the user's plugin. It is data, never an exception: whoever looks at a plugin collects findings and
 * goes on.
 */
export interface Finding {
  /** Stable identifier such as `PW-MANIFEST-ENTRY-MISSING`; documented, and used in suppressions and SARIF. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence that names the thing. */
  readonly message: string;
  /** Why it matters; `undefined` when the message says it all. */
  readonly why?: string | undefined;
  /** Absolute path of the file. */
  readonly file: string;
  readonly range: Range;
  /** The one change that mends it; `undefined` when there is more than one answer. */
  readonly fix?: Fix | undefined;
  readonly related?: readonly RelatedLocation[] | undefined;
}

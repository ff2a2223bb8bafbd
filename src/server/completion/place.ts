import type { SourcePath } from '../../manifest/index.ts';

/** Where something can be inserted, in a manifest that is being typed. */
export interface Place {
  /** `key`: a key of the object at `path`. `value`: the value at `path`. */
  readonly kind: 'key' | 'value';
  readonly path: SourcePath;
  /** Offsets of what is replaced; both on the line of the cursor. */
  readonly start: number;
  readonly end: number;
  /** Keys the object has already, without the one under the cursor. */
  readonly taken: ReadonlySet<string>;
  /** True when the key under the cursor has a value, so that the key alone is inserted. */
  readonly hasValue: boolean;
  /** What the syntax needs before and after the inserted text. */
  readonly lead: string;
  readonly tail: string;
  /** Offset where a comma is missing before the place. */
  readonly missingCommaAt?: number | undefined;
  /** Columns the inserted text's further lines are indented by, as text. */
  readonly indent: string;
  /** `flow` is the bracket style of YAML, `block` its indented one. */
  readonly syntax: 'json' | 'flow' | 'block';
}

/** Offset where the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  // A negative start would be taken for the first character.
  if (offset === 0) return 0;
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/**
 * Something to insert, apart from the syntax it is written in. A text in a body is a snippet; one that begins with `^`
 * stands for itself, without quotes. The object `{ '^': '$1' }` is an object that is still empty.
 */
export type Body = unknown;

/** One line of a completion list. */
export interface Proposal {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'snippet' | 'file' | 'folder' | 'plugin' | 'host' | 'method';
  /** The key to insert before the body; without one, an object in the place of a key is inserted member by member. */
  readonly key?: string;
  readonly body: Body;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** Lower comes first; those of one rank in the order they are given. */
  readonly rank: number;
  readonly deprecated?: boolean;
}

/** An object that is still empty. */
export const EMPTY_OBJECT: Body = { '^': '$1' };

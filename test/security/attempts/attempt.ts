import type { Json } from '../../../src/protocol/plugin/index.ts';
import type { Arena } from '../arena/index.ts';

/** What an intruder is written in. */
export type Language = 'node' | 'python' | 'go' | 'rust';

/** What became of one: an intruder's commands tell apart what the system or the host refused from what went through. */
export type Answer =
  | { readonly done: Json }
  | { readonly refused: string; readonly message?: string }
  /** The call failed with this code of the host: the plugin is gone, or does not answer. */
  | { readonly ended: string };

/** A way out, tried by a plugin of each language. */
export interface Attempt {
  /** A heading of `docs/security-model.md`. */
  readonly area: string;
  /** Unique within its area. */
  readonly title: string;
  /** Where a language makes a difference; all when absent. */
  readonly languages?: readonly Language[];
  /** The command of the intruder. */
  readonly hand: string;
  readonly args?: (arena: Arena) => Json;
  /**
   * True where it is no escape that the call goes through, for what counts is only what it does outside. Otherwise an
   * answer that is not a refusal is an escape.
   */
  readonly harmless?: true;
  /** Does something around it, and may hand `act` other arguments; resolves to what escaped, in words. What is always looked at needs not be repeated. */
  readonly around?: (arena: Arena, act: (args?: Json) => Promise<Answer>) => Promise<readonly string[]>;
  /** It takes so much of the machine that one language after the other makes it. */
  readonly alone?: true;
  /** Milliseconds the call may take; generous when absent. */
  readonly deadline?: number;
  /** Why it can't be tried here; undefined: it can. */
  readonly skip?: (arena: Arena) => string | undefined;
  /** It escapes where there is no sandbox: shows that it is really made, and that the effect would be seen. */
  readonly control?: true;
}

/** An attempt without its area, as the files write it. */
export type AttemptOfArea = Omit<Attempt, 'area'>;

/** Puts attempts under a heading. */
export const inArea = (area: string, attempts: readonly AttemptOfArea[]): readonly Attempt[] =>
  attempts.map(attempt => ({ area, ...attempt }));

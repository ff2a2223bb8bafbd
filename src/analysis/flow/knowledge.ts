import type { Category } from '../category.ts';
import type { TaintLevel } from './abstract.ts';

/**
 * What a language's standard library and its popular packages mean for the flow of data. It is data: one table file a
 * subject under `knowledge/<language>/`.
 *
 * Patterns are paths in which `*` stands for one part (`express.Request.*`), `?` at the front for a receiver of which
 * nothing is known (`?.get_json`), and `**` at the front for any receiver (`**.unwrap`).
 */
export interface Knowledge {
  readonly sources: readonly SourceSpec[];
  readonly handlers: readonly HandlerSpec[];
  readonly sanitizers: readonly SanitizerSpec[];
  /** What a call gives, or what a value really is: path → better path (`sqlite3.connect()` → `sqlite3.Connection`). */
  readonly same: Readonly<Record<string, string>>;
  /** Calls whose result holds nothing of their arguments' or receiver's text: lengths, tests, comparisons, hashes, ids. */
  readonly harmless: readonly string[];
  /**
   * Calls that give one of their arguments back as it is (`util.promisify`, `functools.partial`, `Arc.new`): position,
   * or `receiver`.
   */
  readonly transparent: Readonly<Record<string, number | 'receiver'>>;
}

/** Where taint begins. */
export interface SourceSpec {
  /** A value that is read (`express.Request.query`), a call's result (`builtins.input()`), or a parameter's type. */
  readonly path: string;
  readonly level: TaintLevel;
  /** For messages: "a request’s query". */
  readonly what: string;
}

/** A function whose parameters come from outside. At least one of the three ways to know it is given. */
export interface HandlerSpec {
  /** It is handed to a call of this (`express().get`): any function among the arguments, or that at `argument`. */
  readonly call?: string | undefined;
  readonly argument?: number | undefined;
  /** It carries this decorator or attribute (`flask.Flask.route`). */
  readonly decorator?: string | undefined;
  /** It is a method of this name in a class with this base (`django.views.View`, `**` for any): `View.get`. */
  readonly method?: { readonly base: string; readonly name: string } | undefined;
  /** It is exported under this name (`handler` of a cloud function), or its parameters have exactly these names (`req`, `res`). */
  readonly exportedAs?: string | undefined;
  readonly parameterNames?: readonly string[] | undefined;
  /** What each parameter is: a path, or a taint, or neither. `rest` is for all that follow. */
  readonly params: readonly HandlerParameter[];
  readonly rest?: HandlerParameter | undefined;
}

export type HandlerParameter =
  | { readonly path: string }
  | { readonly level: TaintLevel; readonly what: string }
  | undefined;

/** What takes the danger out of a value, for some kinds of harm. */
export interface SanitizerSpec {
  /** A call; its result is safe. Or a test of a value; what it lets through is safe. */
  readonly call: string;
  readonly as?: 'result' | 'guard' | undefined;
  readonly safeFor: readonly Category[] | 'all';
}

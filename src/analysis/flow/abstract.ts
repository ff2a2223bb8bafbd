import type { Category } from '../category.ts';
import type { ClassIr, FunctionIr, Primitive } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';

/**
 * Where text that can do harm comes from, the worst first:
 * - `user`: someone else decides it: a request, a message, another plugin, the network, a parameter of an exposed method;
 * - `local`: the machine's user or another program decides it: arguments, environment, files, standard input;
 * - `parameter`: whoever calls this function decides it, and nobody in the plugin's own files is seen to.
 */
export type TaintLevel = 'user' | 'local' | 'parameter';

/** One place on the way from a source to a sink. */
export interface Step {
  readonly file: string;
  readonly node: SyntaxNode;
  readonly message: string;
  readonly before: Step | undefined;
}

export interface Taint {
  readonly level: TaintLevel;
  /** What it is, for messages: "a request’s query", "the parameter `name`". */
  readonly source: string;
  /** The last step; `before` leads back to the source. */
  readonly steps: Step;
  /** What a sanitizer on the way has made it safe for. */
  readonly safeFor: ReadonlySet<Category>;
}

/**
 * What is known of a value. Everything is optional: nothing known is `{}`, which is "dynamic": neither constant nor seen
 * to come from anybody. Values are immutable; joins and updates make new ones.
 */
export interface Abstract {
  /**
   * What it is in the world outside the file: `fs.readFile`, `global.eval`, `builtins.open`, `net/http.Request`. The
   * result of a call is the callee's path with `()` after it, unless the language's knowledge has a better name; an
   * instance has its class's path. See `docs/analysis.md` for each language's spelling.
   */
  readonly path?: string | undefined;
  /** All the values it can have, when those are known (at most 8); length 1 is a constant. */
  readonly constants?: readonly Primitive[] | undefined;
  /** What is known of its text when it is put together; constant text has `constants` instead. */
  readonly text?: readonly Piece[] | undefined;
  readonly taint?: Taint | undefined;
  /** Elements by key or index of a list, record or instance. */
  readonly fields?: ReadonlyMap<string, Abstract> | undefined;
  /** Any other element, of an unknown key; `undefined` when all keys are known, or nothing is. */
  readonly element?: Abstract | undefined;
  /** A function of the plugin's own files, and in which module. */
  readonly callable?:
    | { readonly function: FunctionIr; readonly module: object; readonly self?: Abstract | undefined }
    | undefined;
  /** A class of the plugin's own files. */
  readonly class?: { readonly class: ClassIr; readonly module: object } | undefined;
  /** An instance of that class. */
  readonly instance?: { readonly class: ClassIr; readonly module: object } | undefined;
  /** What else it may be, from other branches; at most 3. Rules ask `pathsOf`. */
  readonly also?: readonly Abstract[] | undefined;
  /** Kinds of harm a sanitizer has taken out of it; kept also when nobody's taint was known. */
  readonly safeFor?: ReadonlySet<Category> | undefined;
  /** Certainly a number, a boolean or nothing: no text can be smuggled in it. */
  readonly isHarmless?: boolean | undefined;
}

/** A part of put-together text: constant, or a hole that a value fills. */
export type Piece = string | Abstract;

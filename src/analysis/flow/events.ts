import type { Category } from '../category.ts';
import type { Primitive } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract, Taint } from './abstract.ts';

/** An argument of a call, as a rule sees it. */
export interface ArgumentView {
  readonly node: SyntaxNode;
  readonly value: Abstract;
  readonly name: string | undefined;
}

/** A call that the interpretation came to. The same call is seen again for every way it is reached. */
export interface CallEvent {
  /** The whole call, from the first link of its chain. */
  readonly node: SyntaxNode;
  /** Every name the callee can have (`child_process.exec`); empty when nothing is known but the method's name. */
  readonly paths: readonly string[];
  /** The last part of what is called as written: `execute` of `cursor.execute`. */
  readonly method: string;
  /** What a method is called on; `undefined` for plain functions. */
  readonly receiver: Abstract | undefined;
  /** The receiver as written (`db.conn`), for rules that go by what things are called; lower case. */
  readonly receiverText: string;
  readonly isNew: boolean;
  readonly args: readonly ArgumentView[];
  /** Some arguments are not spelled out: `f(*list)`, `f(...list)`, `f.apply(null, list)`. */
  readonly hasSpread: boolean;
  /** The argument at a position, or of a name, or (in languages with option objects) that key of the last record. */
  argument(position: number | undefined, name?: string): ArgumentView | undefined;
  /** A key of an options record anywhere among the arguments, and keyword arguments. `undefined` when not given. */
  option(name: string): Abstract | undefined;
}

/** A property read (`document.cookie`), reported when its path is known or its key is asked for. */
export interface ReadEvent {
  readonly node: SyntaxNode;
  readonly paths: readonly string[];
  readonly key: string;
  readonly object: Abstract;
}

/** A property written: `element.innerHTML = x`, `config.InsecureSkipVerify = true`, also as an entry of a typed literal. */
export interface WriteEvent {
  readonly node: SyntaxNode;
  readonly paths: readonly string[];
  /** `undefined` when the key is computed and not constant; see `keyValue`. */
  readonly key: string | undefined;
  readonly keyValue: Abstract;
  readonly object: Abstract;
  readonly value: Abstract;
}

/** Questions about values that every rule asks. */
export interface Values {
  /** All the names it can have. */
  pathsOf(value: Abstract): readonly string[];
  /** Its one constant text; `undefined` when it has none or several. */
  textOf(value: Abstract): string | undefined;
  /** All its constant values; empty when they are not known. */
  constantsOf(value: Abstract): readonly Primitive[];
  /** The same in every run (a constant, or one of several constants, or text made of such). */
  isFixed(value: Abstract): boolean;
  /** No text of anybody's choice: fixed, a number, a boolean. */
  isHarmless(value: Abstract): boolean;
  /** The worst taint in it, also inside its text and its elements, that no sanitizer made safe for the category. */
  taintOf(value: Abstract, category: Category): Taint | undefined;
  /** A sanitizer for this category has gone over it (it may be dynamic all the same). */
  isCleared(value: Abstract, category: Category): boolean;
  /** The text with `*` where it is not known; constant parts joined; `*` alone when nothing is known. */
  patternOf(value: Abstract): string;
  /** What certainly stands at its front. */
  prefixOf(value: Abstract): string;
  /** Text that was put together of a constant part and at least one that is neither fixed, harmless nor cleared for the category. */
  isBuilt(value: Abstract, category?: Category): boolean;
  field(value: Abstract, key: string): Abstract | undefined;
  elements(value: Abstract): readonly Abstract[];
}

import type { SyntaxNode } from '../syntax/node.ts';
import type { Binding } from './scope.ts';
import type { ClassIr, FunctionIr, Statement, Target } from './statement.ts';

/** A value known before the program runs. `undefined` stands for the language's own nothing (`undefined`, `None`, `nil`). */
export type Primitive = string | number | bigint | boolean | null | undefined;

/**
 * An expression, the same for all languages. What a language has and no other (`await`, `&x`, `x!`, `x.unwrap()` as `?`,
 * casts, parentheses) the lowering leaves out when the value stays the same.
 *
 * `node` is where it stands in the source. Of a call in a chain it is the whole call, from the first link.
 */
export type Value =
  | ConstantValue
  | ReferenceValue
  | MemberValue
  | IndexValue
  | CallValue
  | TextValue
  | BinaryValue
  | UnaryValue
  | ListValue
  | RecordValue
  | FunctionValue
  | ClassValue
  | ChoiceValue
  | AssignValue
  | BlockValue
  | SelfValue
  | OpaqueValue;

interface At {
  readonly node: SyntaxNode;
}

/** A literal: a string without holes (escapes decoded, bytes as latin-1), a number, a boolean, nothing. */
export interface ConstantValue extends At {
  readonly kind: 'constant';
  readonly value: Primitive;
}

/** A use of a name. */
export interface ReferenceValue extends At {
  readonly kind: 'reference';
  readonly name: string;
  /** `undefined` for a name the file doesn't declare: a global, a builtin, a prelude type. */
  readonly binding: Binding | undefined;
}

/** `object.key`; also `object["key"]` in languages where the two are one (JavaScript), and Rust's `a::b`. */
export interface MemberValue extends At {
  readonly kind: 'member';
  readonly object: Value;
  readonly key: string;
}

/** `object[key]` with a computed key; also a dictionary's `object["key"]` in Python and Go. A slice has key `undefined`. */
export interface IndexValue extends At {
  readonly kind: 'index';
  readonly object: Value;
  readonly key: Value | undefined;
}

export interface Argument {
  readonly value: Value;
  /** Of a keyword argument (Python). */
  readonly name?: string | undefined;
  /** `*args`, `...args` give `list`; `**kwargs` gives `record`. */
  readonly spread?: 'list' | 'record' | undefined;
  /** The callee may write to it: Go's `&x`, a buffer that is filled. */
  readonly isReference?: boolean | undefined;
}

/** A call. Rust macros are calls whose callee is a reference named with its `!`, such as `println!`; see also TextValue. */
export interface CallValue extends At {
  readonly kind: 'call';
  readonly callee: Value;
  readonly args: readonly Argument[];
  /** JavaScript's `new`; a composite literal `T{…}` in Go and Rust is a call of the type with one RecordValue argument. */
  readonly isNew: boolean;
}

/**
 * Text put together: template strings, f-strings, `a + b` where one side is certainly text, `"…" % x`, `"…".format(x)`,
 * `fmt.Sprintf("…", x)` (with a constant format), `format!("…", x)`. Constant parts are ConstantValues.
 */
export interface TextValue extends At {
  readonly kind: 'text';
  readonly parts: readonly Value[];
  /** A tagged template's tag (JavaScript); the tag may make it safe, as in sql`…`. */
  readonly tag?: Value | undefined;
}

/** Any operator with two operands that is not text for certain; `+` may still turn out to be text. */
export interface BinaryValue extends At {
  readonly kind: 'binary';
  /** As written; `in`, `not in`, `instanceof`, `is` too. */
  readonly operator: string;
  readonly left: Value;
  readonly right: Value;
}

export interface UnaryValue extends At {
  readonly kind: 'unary';
  /** `!` for every language's not; `-`, `~`, `typeof`, `void`, `delete`, `*` (a pointer's target), `<-` (receive). */
  readonly operator: string;
  readonly operand: Value;
}

/** A list, tuple, set, array or slice literal. */
export interface ListValue extends At {
  readonly kind: 'list';
  readonly items: readonly { readonly value: Value; readonly spread?: boolean | undefined }[];
}

/** An object, dictionary, map or struct literal. */
export interface RecordValue extends At {
  readonly kind: 'record';
  /** `key` is `undefined` for a spread. */
  readonly entries: readonly { readonly key: string | Value | undefined; readonly value: Value }[];
}

/** A function written as an expression: arrow, lambda, closure, function literal. */
export interface FunctionValue extends At {
  readonly kind: 'function';
  readonly function: FunctionIr;
}

export interface ClassValue extends At {
  readonly kind: 'class';
  readonly class: ClassIr;
}

/** One of several: `a ? b : c`, `a || b`, `a ?? b`, `a and b`, `b if t else c`, a `match` or `if` expression without blocks. */
export interface ChoiceValue extends At {
  readonly kind: 'choice';
  /** What decides, when it is not itself one of the options; evaluated first. It narrows the first option when true and the second when false. */
  readonly test: Value | undefined;
  readonly options: readonly Value[];
}

/** An assignment used as a value: `a = b`, `a += b`, `(a := b)`. */
export interface AssignValue extends At {
  readonly kind: 'assign';
  readonly target: Target;
  readonly value: Value;
  /** `+=` and its like, as written; `=` otherwise. */
  readonly operator: string;
}

/** Statements that end in a value: Rust's blocks, comprehensions, comma expressions, `unsafe { … }`, `yield` with what came before. */
export interface BlockValue extends At {
  readonly kind: 'block';
  readonly body: readonly Statement[];
  readonly value: Value | undefined;
}

/** `this`, `self` (where it is no ordinary parameter), `super` with `isSuper`. */
export interface SelfValue extends At {
  readonly kind: 'self';
  readonly isSuper?: boolean | undefined;
}

/** Whatever has no meaning of its own here; its parts are evaluated, and what taints one of them taints it. */
export interface OpaqueValue extends At {
  readonly kind: 'opaque';
  readonly parts: readonly Value[];
}

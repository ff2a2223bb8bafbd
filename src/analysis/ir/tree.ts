import type { SyntaxNode } from '../syntax/node.ts';
import type { Binding, Scope } from './scope.ts';

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

/** A statement, the same for all languages. */
export type Statement =
  | { readonly kind: 'expression'; readonly value: Value }
  | AssignStatement
  | { readonly kind: 'return'; readonly node: SyntaxNode; readonly value: Value | undefined }
  /** `throw`, `raise`, `panic!`, and a call that certainly ends the program. */
  | { readonly kind: 'throw'; readonly node: SyntaxNode; readonly value: Value | undefined }
  | IfStatement
  | LoopStatement
  | SwitchStatement
  | TryStatement
  | ImportStatement
  | ExportStatement
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  /** `break`, `continue`: what follows in the block is not reached. */
  | { readonly kind: 'jump'; readonly node: SyntaxNode };

/**
 * A write. Declarations of functions and classes are assignments of FunctionValues and ClassValues to their bindings,
 * put at the front of their block where the language hoists them. `with open(p) as f` is one, and `defer f()` is an
 * expression statement. A declaration without a value has `value: undefined`.
 */
export interface AssignStatement {
  readonly kind: 'assign';
  readonly node: SyntaxNode;
  readonly target: Target;
  readonly value: Value | undefined;
  /** `+=` and its like, as written; `=` otherwise. */
  readonly operator: string;
  /** The declared type, as a Value that names it. */
  readonly type?: Value | undefined;
}

/** `if`; `elif` chains are nested. `if let Some(x) = v` and Go's `if err := f(); …` assign before, in a block. */
export interface IfStatement {
  readonly kind: 'if';
  readonly test: Value;
  readonly then: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface LoopStatement {
  readonly kind: 'loop';
  /** What each round gets: `for x of xs` the values, `for x in object` the keys, Go's `for k, v := range m` entries (a list pattern). */
  readonly each:
    | { readonly target: Target; readonly of: Value; readonly what: 'values' | 'keys' | 'entries' }
    | undefined;
  readonly test: Value | undefined;
  /** The three-part loop's first part stands before the loop, its last part at the end of the body. */
  readonly body: readonly Statement[];
}

/** `switch`, `match`, `select`. Falling through is taken as possible where the language has it. */
export interface SwitchStatement {
  readonly kind: 'switch';
  readonly subject: Value | undefined;
  readonly cases: readonly {
    /** No tests: the default. */
    readonly tests: readonly Value[];
    /** What the pattern binds, taken out of the subject. */
    readonly target?: Target | undefined;
    readonly body: readonly Statement[];
  }[];
}

export interface TryStatement {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly { readonly target: Target | undefined; readonly body: readonly Statement[] }[];
  readonly finally: readonly Statement[];
}

/** `import`, `from … import`, `use`, Go's import specs. `require("x")` is an ordinary call; the engine knows what it means. */
export interface ImportStatement {
  readonly kind: 'import';
  readonly node: SyntaxNode;
  /** As written: `node:fs`, `./other.js`, `os.path`, `.sibling`, `net/http`; Rust's `a::b` as `a.b` (with `crate`, `self`, `super` first where written). */
  readonly module: string;
  readonly bindings: readonly {
    readonly binding: Binding;
    /** The export's name; `undefined` for the module itself (`import * as`, Python's `import a`, Go). `default` is a name. */
    readonly name: string | undefined;
  }[];
  /** Everything is taken in under its own name (`from x import *`, `use x::*`, Go's dot import). */
  readonly all?: boolean | undefined;
}

/** What other files can have. Only languages that say so; in the others every outermost binding is exported. */
export interface ExportStatement {
  readonly kind: 'export';
  readonly node: SyntaxNode;
  /** `*` when all of `from` is handed on. CommonJS's `module.exports = …` is an assignment; the engine knows it. */
  readonly name: string;
  readonly value: Value | undefined;
  /** The module it is handed on from. */
  readonly from?: string | undefined;
}

/** Where a write goes. */
export type Target =
  | { readonly kind: 'binding'; readonly node: SyntaxNode; readonly binding: Binding }
  | { readonly kind: 'member'; readonly node: SyntaxNode; readonly object: Value; readonly key: string }
  | {
      readonly kind: 'index';
      readonly node: SyntaxNode;
      readonly object: Value;
      readonly key: Value | undefined;
    }
  | {
      readonly kind: 'pattern';
      readonly node: SyntaxNode;
      /** Keys are property names, or positions as numbers; `rest` takes what is left. */
      readonly entries: readonly {
        readonly key: string | number | Value | 'rest';
        readonly isRest?: boolean | undefined;
        readonly target: Target;
        readonly fallback?: Value | undefined;
      }[];
    };

export interface ParameterIr {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly target: Target;
  readonly fallback?: Value | undefined;
  readonly rest?: 'list' | 'record' | undefined;
  /** The declared type's name as a Value, pointers, references, `Option`, `Optional` and the like taken off; `*http.Request` names `http.Request`. */
  readonly type?: Value | undefined;
}

export interface FunctionIr {
  readonly node: SyntaxNode;
  /** `undefined` for an anonymous one that nothing names. */
  readonly name: string | undefined;
  readonly params: readonly ParameterIr[];
  readonly body: readonly Statement[];
  /** Python's and TypeScript's decorators, Rust's attributes (`#[get("/x")]` as a call of `get`). */
  readonly decorators: readonly Value[];
  /** The declared type of what it returns. */
  readonly returns?: Value | undefined;
  /** Can be called from outside the file: exported, capitalised in Go, `pub` in Rust, not underscored in Python. */
  readonly isPublic: boolean;
  readonly isAsync: boolean;
  /** What the instance is called in the body: Go's receiver, Python's `self` and `cls`; not among the parameters then. */
  readonly receiver?: Target | undefined;
  /** Of a method: the class it stands in. Go's and Rust's methods are put into the class of their receiver's type. */
  readonly owner?: ClassIr | undefined;
}

/** A class, struct or object type with methods. */
export interface ClassIr {
  readonly node: SyntaxNode;
  readonly name: string | undefined;
  /** What it extends or implements. */
  readonly bases: readonly Value[];
  readonly decorators: readonly Value[];
  /** By name; a constructor under `constructor` whatever the language calls it (`__init__`). */
  readonly methods: ReadonlyMap<string, FunctionIr>;
  /** Fields with their first values; static ones too. */
  readonly fields: ReadonlyMap<string, Value | undefined>;
  /** The declared types of fields. */
  readonly fieldTypes: ReadonlyMap<string, Value>;
  readonly isPublic: boolean;
}

/** One file, lowered. */
export interface ModuleIr {
  readonly body: readonly Statement[];
  readonly scope: Scope;
  /** Every function of the file, methods and closures too, in the order of the text. */
  readonly functions: readonly FunctionIr[];
  readonly classes: readonly ClassIr[];
  readonly comments: readonly SyntaxNode[];
  /** Every literal text with its decoded value, constant parts of put-together text too; for rules about literals. */
  readonly texts: readonly { readonly node: SyntaxNode; readonly value: string }[];
  /** Parts that only tests run, where the language says so in the file: Rust's `#[cfg(test)]` and `#[test]`. */
  readonly tests?: readonly SyntaxNode[] | undefined;
  /** Go's package name; Python's and JavaScript's have none. */
  readonly packageName?: string | undefined;
}

import type { SyntaxNode } from '../syntax/node.ts';
import type { Binding, Scope } from './scope.ts';
import type { Value } from './value.ts';

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

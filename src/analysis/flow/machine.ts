import type { ClassIr, FunctionIr, ModuleIr, Statement, Target, Value } from '../ir/index.ts';
import type { SourceLanguage } from '../languages.ts';
import type { Lowering } from '../lower/port.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import type { Environment } from './environment.ts';
import type { CallEvent, ReadEvent, WriteEvent } from './events.ts';
import type { Known } from './known.ts';
import type { Subject } from './path-patterns.ts';

/** What the interpretation needs to know of a language. */
export interface LanguageTools {
  readonly id: SourceLanguage;
  readonly lowering: Lowering;
  readonly known: Known;
}

/** One file of the plugin while it is looked at. */
export interface ModuleState {
  /** Path relative to the plugin's folder, with `/`. */
  readonly file: string;
  readonly ir: ModuleIr;
  readonly language: LanguageTools;
  /** What other files can have of it. */
  readonly exports: Map<string, Abstract>;
  /** What it says of itself is wanted, not only what others make of it. */
  readonly isTarget: boolean;
  status: 'new' | 'running' | 'done';
}

/** A function being run. */
export interface Frame {
  readonly module: ModuleState;
  readonly function: FunctionIr | undefined;
  readonly self: Abstract | undefined;
  readonly depth: number;
  returns: Abstract | undefined;
  /** Loops around the present statement. */
  loops: number;
}

/** How a list of statements ends: at its end, or before it by `return`, `throw`, `break`. */
export type Outcome = 'through' | 'ended';

/** Who wants to be shown what happens. */
export interface Watcher<Event> {
  /** Quick: whether a name could be of interest at all. */
  mayKnow(name: string): boolean;
  find(subject: Subject): readonly Watch<Event>[];
}

export type Watch<Event> = (event: Event, module: ModuleState) => void;

export interface Watchers {
  readonly calls: Watcher<CallEvent>;
  readonly reads: Watcher<ReadEvent>;
  readonly writes: Watcher<WriteEvent>;
}

/** A function of the plugin's own, to be called. */
export interface Callable {
  readonly function: FunctionIr;
  readonly module: object;
  readonly self?: Abstract | undefined;
}

/** What a function is called with. */
export interface Passed {
  readonly positional: readonly Abstract[];
  readonly named?: ReadonlyMap<string, Abstract> | undefined;
  /** What may be at any position beyond. */
  readonly rest?: Abstract | undefined;
}

/**
 * The abstract machine: every part of the interpretation works on it and reaches the others through it, so that none
 * has to import another.
 */
export interface Machine {
  readonly env: Environment;
  frame: Frame;
  watchersOf(language: SourceLanguage): Watchers;
  /** Counts work; throws `OutOfTime` when there has been too much of it. */
  tick(): void;
  evaluate(value: Value): Abstract;
  execute(body: readonly Statement[]): Outcome;
  assign(target: Target, value: Abstract): void;
  /** Takes in what a test says about variables when it came out so. */
  narrow(test: Value, truth: boolean): void;
  member(object: Abstract, key: string, node: SyntaxNode): Abstract;
  /** A thing outside the file by its path, tainted if it is a source. */
  outside(path: string, node: SyntaxNode): Abstract;
  /** What an own file exports; `undefined` when the specifier means none. */
  own(specifier: string): ModuleState | undefined;
  /** A name the file does not know, but another of its package does (Go). */
  ofPackage(name: string, from?: ModuleState): Abstract | undefined;
  invoke(callable: Callable, passed: Passed, node: SyntaxNode): Abstract;
  construct(
    of: { readonly class: ClassIr; readonly module: object },
    passed: Passed,
    node: SyntaxNode,
  ): Abstract;
  /** What is known of an instance's field, in any instance. */
  fieldOf(owner: ClassIr, key: string): Abstract | undefined;
  setField(owner: ClassIr, key: string, value: Abstract): void;
  /** A function was made whose call may never be seen. */
  noteFunction(callable: Callable): void;
  /** Whether a function has been run yet. */
  wasRun(of: FunctionIr): boolean;
}

/** Thrown when a file's time or work is used up; caught where the file's analysis began. */
export class OutOfTime extends Error {}

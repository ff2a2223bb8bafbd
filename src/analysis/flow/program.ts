import type { FunctionIr, ModuleIr } from '../ir/index.ts';
import type { SourceLanguage } from '../languages.ts';
import type { Abstract } from './abstract.ts';
import { assignTo } from './assign.ts';
import { EntryPoints } from './entry-points.ts';
import { Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { Calls, Fields } from './invoke.ts';
import {
  type Callable,
  type LanguageTools,
  type Machine,
  type ModuleState,
  OutOfTime,
  type Watchers,
} from './machine.ts';
import { unknown } from './make.ts';
import { narrow } from './narrow.ts';
import { memberValue, outsideValue } from './paths.ts';
import { typeValue } from './types.ts';

/** Chains of imports are followed as far as this; beyond, what is imported is unknown. */
const MAX_IMPORT_DEPTH = 24;

/** As many steps as a look at the clock is worth. */
const STEPS_BETWEEN_LOOKS = 512;

const SILENT = { mayKnow: () => false, find: () => [] };
const SILENT_WATCHERS: Watchers = { calls: SILENT, reads: SILENT, writes: SILENT };

/** What a program needs from outside. */
export interface ProgramPorts {
  /** One of the plugin's files, lowered; `undefined` when there is none of that name. */
  load(file: string): { readonly ir: ModuleIr; readonly language: LanguageTools } | undefined;
  /** The files of a folder (its path ends in `/`), in order; for languages in which a folder is a package. */
  filesIn?(folder: string): readonly string[];
  /** Whether what happens in a file itself is to be told; imports of others are run silently. */
  isTarget(file: string): boolean;
  watchersOf(language: SourceLanguage): Watchers;
  /** Asked now and then: whether the time for the present file is over. */
  expired(): boolean;
  /** A file is taken in by another: it has time of its own until the function that is returned is called. */
  interlude(): () => void;
}

/**
 * A plugin's files as one program, run in the abstract: each file's outermost statements once, each function in every way
 * it is called in, and functions that nobody calls with parameters of anybody's choice.
 */
export class Program {
  readonly #ports: ProgramPorts;
  readonly #modules = new Map<string, ModuleState | undefined>();
  readonly #fields = new Fields();
  readonly #calls = new Calls(this.#fields);
  readonly #closures = new Map<FunctionIr, Callable>();
  /** Files whose outermost statements took too long. */
  readonly #unfinished = new Set<string>();
  /** Which other files each file was looked for in, whether or not they are there. */
  readonly #asked = new Map<string, Set<string>>();
  readonly #machine: Machine;
  readonly #entryPoints: EntryPoints;
  #steps = 0;
  #isSilent = false;
  #importDepth = 0;

  constructor(ports: ProgramPorts) {
    this.#ports = ports;
    this.#machine = this.#createMachine();
    this.#entryPoints = new EntryPoints(this.#machine, this.#calls, this.#fields, this.#closures);
  }

  /** Runs a file and whatever of it nobody calls. False when time ran out; what was seen until then has been told. */
  run(file: string): boolean {
    try {
      const module = this.#moduleAt(file);
      if (module === undefined) return true;
      this.#isSilent = false;
      this.#entryPoints.run(module);
      return !this.#unfinished.has(file);
    } catch (error) {
      if (error instanceof OutOfTime) return false;
      // Nested deeper than the machine's own stack: a hostile file, not a broken analyzer.
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /**
   * The files that what is said of a file depends on, itself left out: those it takes in, those they take in, and those
   * that would have been taken in had they been there. Folders end in `/`.
   */
  dependenciesOf(file: string): ReadonlySet<string> {
    const all = new Set<string>();
    const waiting = [file];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const asked of this.#asked.get(next) ?? []) {
        if (asked === file || all.has(asked)) continue;
        all.add(asked);
        waiting.push(asked);
      }
    }
    return all;
  }

  #note(from: string, asked: string): void {
    const known = this.#asked.get(from);
    if (known === undefined) this.#asked.set(from, new Set([asked]));
    else known.add(asked);
  }

  #createMachine(): Machine {
    const env = new Environment();
    const nowhere = {
      module: NOWHERE,
      function: undefined,
      self: undefined,
      depth: 0,
      returns: undefined,
      loops: 0,
    };
    const machine: Machine = {
      env,
      frame: nowhere,
      watchersOf: language => (this.#isSilent ? SILENT_WATCHERS : this.#ports.watchersOf(language)),
      tick: () => {
        if (++this.#steps % STEPS_BETWEEN_LOOKS === 0 && this.#ports.expired()) throw new OutOfTime();
      },
      evaluate: value => evaluate(value, machine),
      execute: body => execute(body, machine),
      assign: (target, value) => assignTo(target, value, machine),
      narrow: (test, truth) => narrow(test, truth, machine),
      member: (object, key, node) => memberValue(object, key, node, machine),
      outside: (path, node) =>
        outsideValue(path, node, machine.frame.module.language, machine.frame.module.file),
      own: specifier => this.#import(specifier),
      ofPackage: (name, from) => this.#ofPackage(name, from),
      invoke: (callable, passed, node) => this.#calls.invoke(callable, passed, node, machine),
      construct: (of, passed, node) => {
        const self: Abstract = { instance: of };
        const maker = of.class.methods.get('constructor');
        if (maker !== undefined) {
          this.#calls.invoke({ function: maker, module: of.module, self }, passed, node, machine);
        }
        return self;
      },
      fieldOf: (owner, key) => this.#fields.get(owner, key) ?? this.#declaredField(owner, key),
      setField: (owner, key, value) => this.#fields.set(owner, key, value),
      noteFunction: callable => {
        if (!this.#closures.has(callable.function)) this.#closures.set(callable.function, callable);
      },
      wasRun: of => this.#calls.wasRun(of),
    };
    return machine;
  }

  #declaredField(owner: Parameters<Machine['fieldOf']>[0], key: string): Abstract | undefined {
    const first = owner.fields.get(key);
    if (first !== undefined) return this.#machine.evaluate(first);
    const type = owner.fieldTypes.get(key);
    if (type !== undefined) return typeValue(type, this.#machine) ?? unknown;
    return owner.fields.has(key) ? unknown : undefined;
  }

  #import(specifier: string): ModuleState | undefined {
    const from = this.#machine.frame.module;
    if (this.#importDepth >= MAX_IMPORT_DEPTH) return undefined;
    for (const file of from.language.lowering.ownFiles(specifier, from.file)) {
      this.#note(from.file, file);
      const module = file.endsWith('/') || file === '' ? this.#packageAt(file, from) : this.#moduleAt(file);
      if (module !== undefined) return module;
    }
    return undefined;
  }

  /** A module, its outermost statements run. */
  #moduleAt(file: string): ModuleState | undefined {
    const known = this.#modules.get(file);
    if (known !== undefined || this.#modules.has(file)) return known;
    const loaded = this.#ports.load(file);
    if (loaded === undefined) {
      this.#modules.set(file, undefined);
      return undefined;
    }
    const module: ModuleState = {
      file,
      ir: loaded.ir,
      language: loaded.language,
      exports: new Map(),
      isTarget: this.#ports.isTarget(file),
      status: 'running',
    };
    this.#modules.set(file, module);
    const machine = this.#machine;
    const outer = machine.frame;
    const wasSilent = this.#isSilent;
    machine.frame = { module, function: undefined, self: undefined, depth: 0, returns: undefined, loops: 0 };
    this.#isSilent = !module.isTarget;
    this.#importDepth++;
    const goOn = this.#ports.interlude();
    try {
      machine.execute(module.ir.body);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      this.#unfinished.add(file);
    } finally {
      goOn();
      machine.frame = outer;
      this.#isSilent = wasSilent;
      this.#importDepth--;
      module.status = 'done';
    }
    this.#exportOutermost(module);
    return module;
  }

  /** A folder's files as one module. */
  #packageAt(folder: string, from: ModuleState): ModuleState | undefined {
    const exports = new Map<string, Abstract>();
    let first: ModuleState | undefined;
    for (const file of this.#filesIn(folder)) {
      if (file === from.file) continue;
      this.#note(folder, file);
      const module = this.#moduleAt(file);
      if (module?.language.id !== from.language.id) continue;
      first ??= module;
      for (const [name, value] of module.exports) exports.set(name, value);
    }
    return first && { ...first, exports };
  }

  /** `./` is the plugin's folder itself. */
  #filesIn(folder: string): readonly string[] {
    return this.#ports.filesIn?.(folder.replace(/^\.\//, '')) ?? [];
  }

  #ofPackage(name: string, module = this.#machine.frame.module): Abstract | undefined {
    if (module.language.id !== 'go' || this.#importDepth >= MAX_IMPORT_DEPTH) return undefined;
    for (const folder of module.language.lowering.ownFiles('.', module.file)) {
      this.#note(module.file, folder);
      for (const file of this.#filesIn(folder)) {
        if (file === module.file) continue;
        this.#note(folder, file);
        const other = this.#moduleAt(file);
        const binding = other?.language.id === 'go' ? other.ir.scope.own(name) : undefined;
        const value = binding && this.#machine.env.get(binding);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  /** Where a language exports without saying so, everything outermost can be had. */
  #exportOutermost(module: ModuleState): void {
    const { id } = module.language;
    if (id === 'javascript' || id === 'typescript' || id === 'tsx') return;
    for (const { target } of module.ir.body.flatMap(one => (one.kind === 'assign' ? [one] : []))) {
      if (target.kind !== 'binding') continue;
      const value = this.#machine.env.get(target.binding);
      if (value !== undefined) module.exports.set(target.binding.name, value);
    }
  }
}

/** The frame before any module: nothing is ever looked up in it. */
const NOWHERE = { file: '', exports: new Map(), isTarget: false, status: 'done' } as unknown as ModuleState;

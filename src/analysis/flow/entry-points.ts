import type { FunctionIr, ParameterIr, Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { passedTo } from './callbacks.ts';
import type { Calls, Fields } from './invoke.ts';
import type { HandlerSpec } from './knowledge.ts';
import type { Callable, Machine, ModuleState, Passed } from './machine.ts';
import { unknown } from './make.ts';
import { taintFrom } from './paths.ts';
import { typeValue } from './types.ts';
import { values } from './values.ts';

/** Runs functions as somebody outside the plugin's own files would call them. */
export class EntryPoints {
  readonly #machine: Machine;
  readonly #calls: Calls;
  readonly #fields: Fields;
  readonly #closures: ReadonlyMap<FunctionIr, Callable>;
  readonly #entries = new Set<FunctionIr>();

  /** @param closures functions that were made while the program ran, with the instance they belong to */
  constructor(machine: Machine, calls: Calls, fields: Fields, closures: ReadonlyMap<FunctionIr, Callable>) {
    this.#machine = machine;
    this.#calls = calls;
    this.#fields = fields;
    this.#closures = closures;
  }

  /** Runs what of a file nobody calls, or others can. */
  run(module: ModuleState): void {
    const machine = this.#machine;
    const outer = machine.frame;
    machine.frame = { module, function: undefined, self: undefined, depth: 0, returns: undefined, loops: 0 };
    try {
      // Constructors first: what they keep is there for the other methods.
      for (const one of module.ir.classes) {
        const maker = one.methods.get('constructor');
        if (maker !== undefined) this.#runEntry(maker, module);
      }
      const before = this.#fields.changes;
      for (const one of module.ir.functions) this.#runEntry(one, module);
      // A method may have read a field that a later one writes.
      if (this.#fields.changes !== before) {
        for (const { methods } of module.ir.classes) {
          for (const method of methods.values()) this.#runEntry(method, module, true);
        }
      }
    } finally {
      machine.frame = outer;
    }
  }

  /** Its callers have been seen, and nobody else can call it. */
  #isCalled(entry: FunctionIr, handler: HandlerSpec | undefined): boolean {
    return handler === undefined && !entry.isPublic && this.#calls.wasRun(entry);
  }

  #runEntry(entry: FunctionIr, module: ModuleState, again = false): void {
    const machine = this.#machine;
    const handler = this.#handlerOf(entry, module);
    if (again ? !this.#entries.has(entry) : this.#isCalled(entry, handler)) return;
    this.#entries.add(entry);
    const closure = this.#closures.get(entry);
    const self = entry.owner === undefined ? closure?.self : { instance: { class: entry.owner, module } };
    const passed =
      handler === undefined
        ? { positional: entry.params.map(one => this.#anybodys(one, module)) }
        : this.#handed(handler, entry, module);
    const branch = machine.env.branch(() => {
      for (const decorator of entry.decorators) machine.evaluate(decorator);
      machine.invoke({ function: entry, module, self }, passed, entry.node);
    });
    machine.env.merge([branch, new Map()]);
  }

  #handed(handler: HandlerSpec, entry: FunctionIr, module: ModuleState): Passed {
    const passed = passedTo(handler, entry.params.length, entry.node, this.#machine);
    return {
      ...passed,
      positional: entry.params.map((parameter, index) => {
        const given = passed.positional[index];
        const isTold = given !== undefined && given !== unknown;
        if (!isTold) return typed(parameter, this.#machine) ?? given ?? this.#anybodys(parameter, module);
        // A number is a number, whoever sends it.
        const declared = given.path === undefined ? typed(parameter, this.#machine) : undefined;
        if (module.language.id === 'go' && declared?.taint === undefined && !declared?.isHarmless) {
          // Go's declared types are of the message itself, where other languages' may be of what is put in beside it.
          return { ...declared, ...given };
        }
        return declared?.isHarmless || declared?.path !== undefined ? declared : given;
      }),
    };
  }

  /** A parameter of a function that nobody is seen to call. */
  #anybodys(parameter: ParameterIr, { file }: ModuleState): Abstract {
    const declared = typed(parameter, this.#machine);
    if (declared !== undefined) return declared;
    return { taint: taintFrom('parameter', `the parameter \`${parameter.name}\``, parameter.node, file) };
  }

  #handlerOf(entry: FunctionIr, { language }: ModuleState): HandlerSpec | undefined {
    const { known } = language;
    const machine = this.#machine;
    for (const decorator of entry.decorators) {
      const named: Value = decorator.kind === 'call' ? decorator.callee : decorator;
      const paths = values.pathsOf(machine.evaluate(named));
      const name = named.kind === 'member' ? named.key : named.kind === 'reference' ? named.name : '';
      const receiver = named.kind === 'member' ? (paths.length > 0 ? 'known' : 'unknown') : 'none';
      const [found] = known.handlersByDecorator.find({ paths, name, receiver });
      if (found !== undefined) return found;
    }
    const { name, owner } = entry;
    if (name !== undefined && owner !== undefined) {
      for (const handler of known.handlersByMethod.get(name) ?? []) {
        const base = handler.method?.base;
        const isOf = (value: Value): boolean =>
          values.pathsOf(machine.evaluate(value)).some(path => path === base || path.endsWith(`.${base}`));
        if (base === '**' || owner.bases.some(isOf)) return handler;
      }
    }
    if (name !== undefined && entry.isPublic && owner === undefined) {
      const exported = known.handlersByExport.get(name);
      if (exported !== undefined) return exported;
    }
    return known.handlersByParameters.find(handler =>
      handler.parameterNames?.every((one, index) => entry.params[index]?.name === one),
    );
  }
}

function typed({ type }: ParameterIr, machine: Machine): Abstract | undefined {
  return type === undefined ? undefined : typeValue(type, machine);
}

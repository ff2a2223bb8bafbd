import type { Binding, ClassIr, FunctionIr } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import type { Callable, Frame, Machine, ModuleState, Passed } from './machine.ts';
import { derivedFrom, harmless, join, unknown } from './make.ts';
import { signatureOf } from './signature.ts';
import { typeValue } from './types.ts';

/** Deeper chains of calls are taken to return what they are given. */
const MAX_DEPTH = 7;

/** As many different ways of calling one function as are gone into. */
const MAX_CONTEXTS = 8;

/** As many calls of one function as are told apart by the constants they pass. */
const MAX_EXACT = 3;

interface Run {
  readonly memo: Map<string, Abstract>;
  isRunning: boolean;
}

/** What was found out about the plugin's own functions while they were called. */
export class Calls {
  readonly #runs = new Map<FunctionIr, Run>();
  readonly #fields: Fields;

  /** @param fields what methods read: when it changes, they are run again */
  constructor(fields: Fields) {
    this.#fields = fields;
  }

  wasRun(of: FunctionIr): boolean {
    return this.#runs.has(of);
  }

  /** Runs a function with what it is given; what it returns. */
  invoke(
    { function: called, module, self }: Callable,
    passed: Passed,
    node: SyntaxNode,
    machine: Machine,
  ): Abstract {
    machine.tick();
    let run = this.#runs.get(called);
    if (run === undefined) {
      run = { memo: new Map(), isRunning: false };
      this.#runs.set(called, run);
    }
    const given = passed.positional;
    const outer = machine.frame;
    if (run.isRunning || outer.depth >= MAX_DEPTH) return derivedFrom(given);
    const owner = self?.instance?.class;
    const fields = owner === undefined ? 0 : this.#fields.versionOf(owner);
    const isCoarse = run.memo.size >= MAX_EXACT;
    const signature = `${signatureOfCall(passed, self, false)}#${fields}`;
    const coarse = isCoarse ? `${signatureOfCall(passed, self, true)}#~` : undefined;
    const known = run.memo.get(signature);
    if (known !== undefined) return known;
    const alike = coarse === undefined ? undefined : run.memo.get(coarse);
    // What was constant there may be another constant here.
    if (alike !== undefined) return alike.constants === undefined ? alike : harmless;
    if (run.memo.size >= MAX_CONTEXTS) return derivedFrom(given);

    const frame: Frame = {
      module: module as ModuleState,
      function: called,
      self,
      depth: outer.depth + 1,
      returns: undefined,
      loops: 0,
    };
    run.isRunning = true;
    machine.frame = frame;
    try {
      if (called.receiver !== undefined) machine.assign(called.receiver, self ?? unknown);
      bindParameters(called, passed, outer.module, node, machine);
      machine.env.scoped(
        () => machine.execute(called.body),
        key => typeof key === 'object' && isInside(key, called),
      );
    } finally {
      run.isRunning = false;
      machine.frame = outer;
    }
    const result = frame.returns ?? unknown;
    run.memo.set(coarse ?? signature, result);
    return result;
  }
}

/** Whether a variable is a function's own, or one of a function inside it. */
function isInside({ node }: Binding, { node: body }: FunctionIr): boolean {
  return node !== undefined && node.start >= body.start && node.end <= body.end;
}

function signatureOfCall(
  { positional, named, rest }: Passed,
  self: Abstract | undefined,
  coarse: boolean,
): string {
  let text = '';
  for (const value of positional) text += `${signatureOf(value, coarse)};`;
  for (const [key, value] of named ?? []) text += `;${key}=${signatureOf(value, coarse)}`;
  if (rest !== undefined) text += `;…${signatureOf(rest, coarse)}`;
  return self === undefined ? text : `${text};self${signatureOf(self, coarse)}`;
}

function bindParameters(
  called: FunctionIr,
  { positional, named, rest }: Passed,
  caller: ModuleState,
  node: SyntaxNode,
  machine: Machine,
): void {
  let index = 0;
  for (const parameter of called.params) {
    let value: Abstract;
    if (parameter.rest === 'list') {
      const items = positional.slice(index).map((one, at): [string, Abstract] => [String(at), one]);
      value = rest === undefined ? { fields: new Map(items) } : { fields: new Map(items), element: rest };
      index = positional.length;
    } else if (parameter.rest === 'record') {
      value = { fields: new Map(named ?? []) };
    } else {
      const given = named?.get(parameter.name) ?? positional[index] ?? rest;
      index++;
      if (given === undefined) {
        value = parameter.fallback === undefined ? unknown : machine.evaluate(parameter.fallback);
      } else {
        value = handedOver(given, parameter.name, called, caller, node);
        // A number is a number, whoever hands it over.
        if (value.taint !== undefined && parameter.type !== undefined) {
          const declared = typeValue(parameter.type, machine);
          if (declared?.isHarmless === true) value = declared;
        }
        const isBlank = given === unknown || Object.keys(given).length === 0;
        if (isBlank && parameter.type !== undefined) value = typeValue(parameter.type, machine) ?? value;
        if (parameter.fallback !== undefined && given === rest) {
          value = join(value, machine.evaluate(parameter.fallback));
        }
      }
    }
    machine.assign(parameter.target, value);
  }
}

/** Writes down the step from caller to function on the way of what is tainted. */
function handedOver(
  value: Abstract,
  name: string,
  called: FunctionIr,
  caller: ModuleState,
  node: SyntaxNode,
): Abstract {
  if (value.taint === undefined) return value;
  const { taint } = value;
  const message = `handed to \`${called.name ?? 'a function'}\` as \`${name}\``;
  const steps = { file: caller.file, node, message, before: taint.steps };
  return { ...value, taint: { ...taint, steps } };
}

/** What the fields of the plugin's own classes hold, in any instance. */
export class Fields {
  readonly #fields = new Map<ClassIr, Map<string, Abstract>>();
  readonly #versions = new Map<ClassIr, number>();
  /** Counts changes, so that whoever read before can look again. */
  changes = 0;

  /** Counts the changes of a class's fields. */
  versionOf(owner: ClassIr): number {
    return this.#versions.get(owner) ?? 0;
  }

  get(owner: ClassIr, key: string): Abstract | undefined {
    return this.#fields.get(owner)?.get(key);
  }

  set(owner: ClassIr, key: string, value: Abstract): void {
    let fields = this.#fields.get(owner);
    if (fields === undefined) {
      fields = new Map();
      this.#fields.set(owner, fields);
    }
    const before = fields.get(key);
    const after = before === undefined ? value : join(before, value);
    if (after === before) return;
    fields.set(key, after);
    this.changes++;
    this.#versions.set(owner, this.versionOf(owner) + 1);
  }
}

import type {
  ImportStatement,
  LoopStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  Value,
} from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import type { Changes } from './environment.ts';
import { combined } from './evaluate.ts';
import type { Machine, ModuleState, Outcome } from './machine.ts';
import { elementOf, join, unknown } from './make.ts';
import { exported } from './modules.ts';
import { narrowByStatement } from './narrow.ts';
import { typeValue } from './types.ts';

/** Loops inside one another of which each is gone through twice. */
const MAX_LOOPS = 3;

/** Statement after statement, until one ends the list. */
export function execute(body: readonly Statement[], machine: Machine): Outcome {
  for (const statement of body) if (executeOne(statement, machine) === 'ended') return 'ended';
  return 'through';
}

function executeOne(statement: Statement, machine: Machine): Outcome {
  machine.tick();
  switch (statement.kind) {
    case 'expression':
      machine.evaluate(statement.value);
      narrowByStatement(statement.value, machine);
      return 'through';
    case 'assign': {
      let value = statement.value === undefined ? unknown : machine.evaluate(statement.value);
      if (statement.operator !== '=') value = combined(statement.target, statement.operator, value, machine);
      if (statement.type !== undefined && (statement.value === undefined || isBlank(value))) {
        value = typeValue(statement.type, machine) ?? value;
      }
      machine.assign(statement.target, value);
      return 'through';
    }
    case 'return': {
      const value = statement.value === undefined ? unknown : machine.evaluate(statement.value);
      const { frame } = machine;
      frame.returns = frame.returns === undefined ? value : join(frame.returns, value);
      return 'ended';
    }
    case 'throw':
      if (statement.value !== undefined) machine.evaluate(statement.value);
      return 'ended';
    case 'jump':
      return 'ended';
    case 'block':
      return machine.execute(statement.body);
    case 'if':
      machine.evaluate(statement.test);
      return fork(
        [
          () => {
            machine.narrow(statement.test, true);
            return machine.execute(statement.then);
          },
          () => {
            machine.narrow(statement.test, false);
            return machine.execute(statement.otherwise);
          },
        ],
        machine,
      );
    case 'loop':
      return executeLoop(statement, machine);
    case 'switch':
      return executeSwitch(statement, machine);
    case 'try':
      return executeTry(statement, machine);
    case 'import':
      executeImport(statement, machine);
      return 'through';
    default: {
      const { exports } = machine.frame.module;
      if (statement.from === undefined) {
        exports.set(
          statement.name,
          statement.value === undefined ? unknown : machine.evaluate(statement.value),
        );
      } else handOn(statement.from, statement.name, statement.value === undefined, machine);
      return 'through';
    }
  }
}

/** Nothing is known of it but that it is there. */
function isBlank(value: Abstract): boolean {
  return (
    value.path === undefined &&
    value.taint === undefined &&
    value.constants === undefined &&
    value.text === undefined &&
    value.fields === undefined &&
    value.callable === undefined &&
    value.instance === undefined &&
    value.class === undefined &&
    value.isHarmless === undefined
  );
}

/** Goes every way and on from wherever one came through. */
function fork(ways: readonly (() => Outcome)[], machine: Machine): Outcome {
  const open: Changes[] = [];
  for (const way of ways) {
    let outcome: Outcome = 'through';
    const changes = machine.env.branch(() => {
      outcome = way();
    });
    if (outcome === 'through') open.push(changes);
  }
  if (open.length === 0) return 'ended';
  machine.env.merge(open);
  return 'through';
}

function executeLoop({ each, test, body }: LoopStatement, machine: Machine): Outcome {
  // Twice, so that what one round leaves behind is there in the next; loops deep inside loops would take all powers of it.
  const rounds = machine.frame.loops < MAX_LOOPS ? 2 : 1;
  machine.frame.loops++;
  for (let round = 0; round < rounds; round++) {
    let source: Abstract = unknown;
    if (each !== undefined) source = machine.evaluate(each.of);
    if (test !== undefined) machine.evaluate(test);
    const changes = machine.env.branch(() => {
      if (each !== undefined) machine.assign(each.target, roundOf(source, each.what));
      if (test !== undefined) machine.narrow(test, true);
      machine.execute(body);
    });
    machine.env.merge([changes, new Map()]);
    if (changes.size === 0) break;
  }
  machine.frame.loops--;
  return 'through';
}

function roundOf(source: Abstract, what: 'values' | 'keys' | 'entries'): Abstract {
  if (what === 'values') return elementOf(source);
  const key: Abstract = source.taint === undefined ? { isHarmless: true } : elementOf(source);
  if (what === 'keys') return key;
  return {
    fields: new Map([
      ['0', key],
      ['1', elementOf(source)],
    ]),
  };
}

function executeSwitch({ subject, cases }: SwitchStatement, machine: Machine): Outcome {
  const value = subject === undefined ? unknown : machine.evaluate(subject);
  const ways = cases.map(one => (): Outcome => {
    for (const test of one.tests) machine.evaluate(test);
    if (one.target !== undefined) machine.assign(one.target, value);
    const [only] = one.tests;
    if (only !== undefined && one.target === undefined && subject !== undefined) {
      machine.narrow(isAnyOf(subject, one.tests), true);
    } else if (one.tests.length === 1 && only !== undefined && subject === undefined)
      machine.narrow(only, true);
    const outcome = machine.execute(one.body);
    // A `break` ends the case, not what comes after the switch.
    return outcome === 'ended' && one.body.at(-1)?.kind === 'jump' ? 'through' : outcome;
  });
  if (!cases.some(one => one.tests.length === 0)) ways.push(() => 'through');
  return fork(ways, machine);
}

/** The test of a case: its subject is one of these. */
function isAnyOf(subject: Value, tests: readonly Value[]): Value {
  const [first, ...rest] = tests.map(
    (right): Value => ({ kind: 'binary', operator: '==', left: subject, right, node: right.node }),
  );
  return rest.reduce<Value>(
    (left, right) => ({ kind: 'binary', operator: '||', left, right, node: right.node }),
    first ?? subject,
  );
}

function executeTry(statement: TryStatement, machine: Machine): Outcome {
  let outcome: Outcome = 'through';
  const tried = machine.env.branch(() => {
    outcome = machine.execute(statement.body);
  });
  const open: Changes[] = outcome === 'through' ? [tried] : [];
  for (const handler of statement.handlers) {
    let end: Outcome = 'through';
    const changes = machine.env.branch(() => {
      // An exception may have come before or after anything in the body.
      machine.env.merge([tried, new Map()]);
      if (handler.target !== undefined) machine.assign(handler.target, unknown);
      end = machine.execute(handler.body);
    });
    if (end === 'through') open.push(changes);
  }
  if (open.length > 0) machine.env.merge(open);
  const last = machine.execute(statement.finally);
  return open.length === 0 || last === 'ended' ? 'ended' : 'through';
}

/** Python's `from package import module`. */
function submodule(specifier: string, name: string, machine: Machine): ModuleState | undefined {
  const { id } = machine.frame.module.language;
  if (id !== 'python' && id !== 'rust') return undefined;
  return machine.own(specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`);
}

function executeImport(statement: ImportStatement, machine: Machine): void {
  const { lowering } = machine.frame.module.language;
  const own = machine.own(statement.module);
  const path = own === undefined ? lowering.modulePath(statement.module) : undefined;
  for (const { binding, name } of statement.bindings) {
    let value: Abstract = unknown;
    const below =
      name === undefined || own?.exports.has(name) ? undefined : submodule(statement.module, name, machine);
    if (below !== undefined) value = exported(below, undefined);
    else if (own !== undefined) value = exported(own, name);
    else if (path !== undefined) {
      value = machine.outside(name === undefined ? path : lowering.memberPath(path, name), statement.node);
    }
    machine.env.set(binding, value);
  }
}

function handOn(specifier: string, name: string, isWhole: boolean, machine: Machine): void {
  const { exports, language } = machine.frame.module;
  const own = machine.own(specifier);
  if (own !== undefined) {
    if (name === '*') for (const [key, value] of own.exports) exports.set(key, value);
    else exports.set(name, exported(own, name));
    return;
  }
  const path = language.lowering.modulePath(specifier);
  if (path === undefined || name === '*') return;
  exports.set(name, { path: isWhole ? language.lowering.memberPath(path, name) : path });
}

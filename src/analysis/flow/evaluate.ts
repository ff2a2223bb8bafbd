import type { ChoiceValue, IndexValue, MemberValue, ReferenceValue, TextValue, Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { announceRead, keyOf } from './assign.ts';
import { evaluateCall, evaluateTaggedText } from './call.ts';
import type { Machine } from './machine.ts';
import { concat, constant, derivedFrom, elementOf, harmless, join, unknown } from './make.ts';
import { evaluateBinary, evaluateUnary } from './operators.ts';
import { placeOf } from './place.ts';

/** What an expression can be, at this point of the program. */
export function evaluate(value: Value, machine: Machine): Abstract {
  machine.tick();
  switch (value.kind) {
    case 'constant':
      return constant(value.value);
    case 'reference':
      return evaluateReference(value, machine);
    case 'member':
      return evaluateMember(value, machine);
    case 'index':
      return evaluateIndex(value, machine);
    case 'call':
      return evaluateCall(value, machine);
    case 'text':
      return evaluateText(value, machine);
    case 'binary':
      return evaluateBinary(value, machine);
    case 'unary':
      return evaluateUnary(value, machine);
    case 'list':
      return evaluateList(value.items, machine);
    case 'record':
      return evaluateRecord(value, machine);
    case 'function': {
      const callable = { function: value.function, module: machine.frame.module, self: machine.frame.self };
      machine.noteFunction(callable);
      return { callable };
    }
    case 'class': {
      for (const decorator of value.class.decorators) machine.evaluate(decorator);
      return { class: { class: value.class, module: machine.frame.module } };
    }
    case 'choice':
      return evaluateChoice(value, machine);
    case 'assign':
      return evaluateAssign(value, machine);
    case 'block':
      machine.execute(value.body);
      return value.value === undefined ? constant(undefined) : machine.evaluate(value.value);
    case 'self':
      return machine.frame.self ?? unknown;
    default:
      return derivedFrom(value.parts.map(part => machine.evaluate(part)));
  }
}

function evaluateReference(value: ReferenceValue, machine: Machine): Abstract {
  if (value.binding !== undefined) return machine.env.get(value.binding) ?? unknown;
  const path = machine.frame.module.language.lowering.globalPath(value.name);
  if (path !== undefined) return machine.outside(path, value.node);
  return machine.ofPackage(value.name) ?? unknown;
}

function evaluateMember(value: MemberValue, machine: Machine): Abstract {
  const object = machine.evaluate(value.object);
  const result = machine.member(object, value.key, value.node);
  announceRead(value.node, object, value.key, result, machine);
  return told(value, machine) ?? result;
}

function evaluateIndex(value: IndexValue, machine: Machine): Abstract {
  const object = machine.evaluate(value.object);
  // A slice of text is text, a slice of a list a list.
  if (value.key === undefined) return object.constants === undefined ? object : sliceOfConstant(object);
  const keyValue = machine.evaluate(value.key);
  const key = keyOf(keyValue);
  const result = key === undefined ? elementOf(object) : machine.member(object, key, value.node);
  announceRead(value.node, object, key ?? '[]', result, machine);
  return told(value, machine) ?? result;
}

function sliceOfConstant(object: Abstract): Abstract {
  return object.taint === undefined ? harmless : object;
}

/** What a test has said of the place, if one has. */
function told(value: MemberValue | IndexValue, machine: Machine): Abstract | undefined {
  const place = placeOf(value);
  return place === undefined || typeof place !== 'string' ? undefined : machine.env.get(place);
}

function evaluateText(value: TextValue, machine: Machine): Abstract {
  const text = concat(value.parts.map(part => machine.evaluate(part)));
  return value.tag === undefined ? text : evaluateTaggedText(value, value.tag, text, machine);
}

function evaluateList(
  items: readonly { readonly value: Value; readonly spread?: boolean | undefined }[],
  machine: Machine,
): Abstract {
  const fields = new Map<string, Abstract>();
  let element: Abstract | undefined;
  let index = 0;
  for (const { value, spread } of items) {
    const one = machine.evaluate(value);
    const known = spread && element === undefined ? itemsOf(one) : undefined;
    if (known !== undefined) for (const item of known) fields.set(String(index++), item);
    else if (spread) element = element === undefined ? elementOf(one) : join(element, elementOf(one));
    else if (index < 32 && element === undefined) fields.set(String(index++), one);
    else element = element === undefined ? one : join(element, one);
  }
  return element === undefined ? { fields } : { fields, element };
}

/** The items of a list all of which are known; `undefined` for any other value. */
function itemsOf({ fields, element, path, taint, also }: Abstract): Abstract[] | undefined {
  if (fields === undefined || fields.size > 24) return undefined;
  if (element !== undefined || path !== undefined || taint !== undefined || also !== undefined)
    return undefined;
  const items = [...fields];
  return items.every(([key], index) => key === String(index)) ? items.map(([, item]) => item) : undefined;
}

function evaluateRecord(value: Value & { kind: 'record' }, machine: Machine): Abstract {
  const fields = new Map<string, Abstract>();
  let element: Abstract | undefined;
  const add = (one: Abstract): void => {
    element = element === undefined ? one : join(element, one);
  };
  for (const { key, value: entry } of value.entries) {
    const one = machine.evaluate(entry);
    if (key === undefined) {
      for (const [name, field] of one.fields ?? []) fields.set(name, field);
      if (one.element !== undefined || one.fields === undefined) add(elementOf(one));
      continue;
    }
    const name = typeof key === 'string' ? key : keyOf(machine.evaluate(key));
    if (name === undefined || fields.size > 64) add(one);
    else fields.set(name, one);
  }
  return element === undefined ? { fields } : { fields, element };
}

function evaluateChoice({ test, options, node }: ChoiceValue, machine: Machine): Abstract {
  const [first] = options;
  const operator = test === undefined ? node.child('operator')?.type : undefined;
  const isOr = operator === '||' || operator === 'or';
  if (test !== undefined) machine.evaluate(test);
  let result: Abstract | undefined;
  const branches = options.map((option, index) =>
    machine.env.branch(() => {
      if (test !== undefined && index < 2) machine.narrow(test, index === 0);
      else if (isOr && index === 1 && first !== undefined) machine.narrow(first, false);
      const one = machine.evaluate(option);
      result = result === undefined ? one : join(result, one);
    }),
  );
  machine.env.merge(branches);
  return result ?? unknown;
}

function evaluateAssign(value: Value & { kind: 'assign' }, machine: Machine): Abstract {
  let result = machine.evaluate(value.value);
  if (value.operator !== '=') result = combined(value.target, value.operator, result, machine);
  machine.assign(value.target, result);
  return result;
}

/** `a += b` and its like. */
export function combined(
  target: (Value & { kind: 'assign' })['target'],
  operator: string,
  added: Abstract,
  machine: Machine,
): Abstract {
  let before: Abstract = unknown;
  if (target.kind === 'binding') before = machine.env.get(target.binding) ?? unknown;
  else if (target.kind === 'member') {
    before = machine.member(machine.evaluate(target.object), target.key, target.node);
  } else if (target.kind === 'index' && target.key !== undefined) {
    const key = keyOf(machine.evaluate(target.key));
    const object = machine.evaluate(target.object);
    before = key === undefined ? elementOf(object) : machine.member(object, key, target.node);
  }
  if (operator === '+=') {
    if (before.isHarmless === true && added.isHarmless === true) return harmless;
    if (before.fields !== undefined) return join(before, added);
    return concat([before, added]);
  }
  if (operator === '||=' || operator === '??=' || operator === '&&=' || operator === '|=')
    return join(before, added);
  return harmless;
}

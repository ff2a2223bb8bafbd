import type { Target, Value } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import type { WriteEvent } from './events.ts';
import type { Machine } from './machine.ts';
import { elementOf, harmless, join, unknown, withField } from './make.ts';
import { values } from './values.ts';

/** Longest way into nested containers that an assignment is followed. */
const MAX_WAY = 4;

/** Writes a value to wherever a target says. */
export function assignTo(target: Target, value: Abstract, machine: Machine): void {
  machine.tick();
  switch (target.kind) {
    case 'binding':
      machine.env.set(target.binding, value);
      return;
    case 'member': {
      const object = machine.evaluate(target.object);
      announceWrite(target.node, object, target.key, { constants: [target.key] }, value, machine);
      store(target.object, object, target.key, value, machine, 0);
      exportMember(object, target.key, value, machine);
      return;
    }
    case 'index': {
      const object = machine.evaluate(target.object);
      const keyValue = target.key === undefined ? unknown : machine.evaluate(target.key);
      const key = keyOf(keyValue);
      announceWrite(target.node, object, key, keyValue, value, machine);
      store(target.object, object, key, value, machine, 0);
      return;
    }
    default:
      assignPattern(target, value, machine);
  }
}

/** A key that is known before the program runs. */
export function keyOf(value: Abstract): string | undefined {
  const [only] = value.constants ?? [];
  return value.constants?.length === 1 && value.also === undefined ? String(only) : undefined;
}

function assignPattern(target: Target & { kind: 'pattern' }, value: Abstract, machine: Machine): void {
  for (const { key, isRest, target: inner, fallback } of target.entries) {
    let part: Abstract;
    if (key === 'rest' || isRest)
      part = value.fields === undefined ? value : { ...value, fields: undefined, element: elementOf(value) };
    else if (typeof key === 'number') part = itemAt(value, key);
    else {
      const name = typeof key === 'string' ? key : keyOf(machine.evaluate(key));
      part = name === undefined ? elementOf(value) : readMember(value, name, inner.node, machine);
    }
    if (fallback !== undefined) part = join(part, machine.evaluate(fallback));
    machine.assign(inner, part);
  }
}

/** A property taken out by destructuring, which is a read like any other. */
function readMember(value: Abstract, key: string, node: SyntaxNode, machine: Machine): Abstract {
  const result = machine.member(value, key, node);
  announceRead(node, value, key, result, machine);
  return result;
}

/** One of several results, or of a list's elements. */
function itemAt(value: Abstract, index: number): Abstract {
  const field = values.field(value, String(index));
  if (field !== undefined) return field;
  if (value.element !== undefined) return elementOf(value);
  // A call with several results is named for the first.
  if (value.path !== undefined) return index === 0 ? value : taintOnly(value);
  if (value.fields !== undefined) return unknown;
  if (value.isHarmless) return harmless;
  return taintOnly(value);
}

function taintOnly({ taint, safeFor }: Abstract): Abstract {
  if (taint === undefined) return unknown;
  return safeFor === undefined ? { taint } : { taint, safeFor };
}

/** Tells who wants to know that a property is read. */
export function announceRead(
  node: SyntaxNode,
  object: Abstract,
  key: string,
  result: Abstract,
  machine: Machine,
): void {
  const { module } = machine.frame;
  const { reads } = machine.watchersOf(module.language.id);
  if (!reads.mayKnow(key)) return;
  const paths = values.pathsOf(result);
  const watches = reads.find({ paths, name: key, receiver: receiverKind(object) });
  for (const watch of watches) watch({ node, paths, key, object }, module);
}

/** Tells who wants to know that a property is written. */
export function announceWrite(
  node: SyntaxNode,
  object: Abstract,
  key: string | undefined,
  keyValue: Abstract,
  value: Abstract,
  machine: Machine,
): void {
  const { module } = machine.frame;
  const { writes } = machine.watchersOf(module.language.id);
  const name = key ?? '[]';
  if (!writes.mayKnow(name)) return;
  const { lowering, known } = module.language;
  const paths = values
    .pathsOf(object)
    .map(path => known.nameOf(key === undefined ? `${path}.[]` : lowering.memberPath(path, key)));
  const event: WriteEvent = { node, paths, key, keyValue, object, value };
  for (const watch of writes.find({ paths, name, receiver: receiverKind(object) })) watch(event, module);
}

/** Whether anything is known of what a method is called on. */
export function receiverKind(object: Abstract | undefined): 'none' | 'known' | 'unknown' {
  if (object === undefined) return 'none';
  const isKnown =
    object.path !== undefined ||
    object.callable !== undefined ||
    object.instance !== undefined ||
    object.class !== undefined ||
    object.fields !== undefined ||
    object.constants !== undefined ||
    object.isHarmless === true ||
    object.also?.some(one => receiverKind(one) === 'known');
  return isKnown ? 'known' : 'unknown';
}

/** Puts a value into a container, and the changed container back where it came from. */
function store(
  place: Value,
  object: Abstract,
  key: string | undefined,
  value: Abstract,
  machine: Machine,
  way: number,
): void {
  if (object.instance !== undefined && key !== undefined) {
    machine.setField(object.instance.class, key, value);
    return;
  }
  // A class of the plugin's own keeps its static fields the same way.
  if (object.class !== undefined && key !== undefined) {
    machine.setField(object.class.class, key, value);
    return;
  }
  if (way >= MAX_WAY) return;
  const changed = withField(object, key, value);
  if (place.kind === 'reference') {
    if (place.binding !== undefined) machine.env.set(place.binding, changed);
  } else if (place.kind === 'member') {
    store(place.object, machine.evaluate(place.object), place.key, changed, machine, way + 1);
  } else if (place.kind === 'index' && place.key !== undefined) {
    const outer = machine.evaluate(place.object);
    store(place.object, outer, keyOf(machine.evaluate(place.key)), changed, machine, way + 1);
  }
}

/** `exports.x = …` and `module.exports = …`. */
function exportMember(object: Abstract, key: string, value: Abstract, machine: Machine): void {
  const { exports } = machine.frame.module;
  if (object.path === 'global.exports' || object.path === 'global.module.exports') exports.set(key, value);
  else if (object.path === 'global.module' && key === 'exports') {
    exports.set('default', value);
    for (const [name, field] of value.fields ?? []) exports.set(name, field);
  }
}

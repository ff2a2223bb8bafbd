import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract, Taint, TaintLevel } from './abstract.ts';
import type { Outside } from './known.ts';
import type { Machine, ModuleState } from './machine.ts';
import { join, unknown } from './make.ts';
import { placeMember } from './places.ts';

const NOT_SAFE: ReadonlySet<never> = new Set();

/** Taint that begins at a node. */
export function taintFrom(level: TaintLevel, source: string, node: SyntaxNode, file: string): Taint {
  const message = `${source} comes in here`;
  return { level, source, steps: { file, node, message, before: undefined }, safeFor: NOT_SAFE };
}

/** A thing outside the plugin's files, by its path. */
export function outsideValue(
  path: string,
  node: SyntaxNode,
  { known }: ModuleState['language'],
  file: string,
): Abstract {
  return arriving(known.outside(path), node, file);
}

function arriving({ value, source }: Outside, node: SyntaxNode, file: string): Abstract {
  return source === undefined ? value : { ...value, taint: taintFrom(source.level, source.what, node, file) };
}

/** Keys of any text or list that say nothing of what is in it. */
const MEASURES = new Set(['length', 'size', 'byteLength', 'len', 'Len', 'is_empty']);

/** `object.key`. */
export function memberValue(object: Abstract, key: string, node: SyntaxNode, machine: Machine): Abstract {
  let result = memberOfOne(object, key, node, machine);
  for (const other of object.also ?? []) result = join(result, memberOfOne(other, key, node, machine));
  return result;
}

/** A field of an instance that somebody filled whole, as a decoder does; a number in it is a number. */
function filledBy({ taint, safeFor }: Abstract, field: Abstract): Abstract {
  if (field.callable !== undefined || field.isHarmless || field.taint !== undefined || taint === undefined) {
    return field;
  }
  return { ...field, taint, ...(safeFor === undefined ? {} : { safeFor }) };
}

function memberOfOne(object: Abstract, key: string, node: SyntaxNode, machine: Machine): Abstract {
  const field = object.fields?.get(key);
  if (field !== undefined) return field;
  const own = ownMember(object, key, machine);
  if (own !== undefined) return object.taint === undefined ? own : filledBy(object, own);
  if (key === 'constructor') {
    const maker = constructorOf(object, node, machine);
    if (maker !== undefined) return maker;
  }
  const place = placeMember(object, key);
  if (place !== undefined) return place;
  const { module } = machine.frame;
  const outside =
    object.path === undefined
      ? undefined
      : arriving(
          module.language.known.member(object.path, key, module.language.lowering.memberPath),
          node,
          module.file,
        );
  // A length is a number whatever it is the length of; the other names are also those of ordinary fields.
  if (key === 'length' || (MEASURES.has(key) && (object.taint !== undefined || object.text !== undefined)))
    return { isHarmless: true };
  const { taint = textTaint(object), safeFor } = object;
  if (taint !== undefined && outside?.taint === undefined) {
    return { ...outside, taint, ...(safeFor === undefined ? {} : { safeFor }) };
  }
  if (outside !== undefined) return outside;
  if (object.element !== undefined) return object.element;
  return unknown;
}

/** JavaScript's `constructor`: of a function it compiles text. */
function constructorOf(object: Abstract, node: SyntaxNode, machine: Machine): Abstract | undefined {
  const isClass = object.path !== undefined && /^global\.[A-Z]\w*$/.test(object.path);
  if (object.callable !== undefined || object.class !== undefined || isClass) {
    return machine.outside('global.Function', node);
  }
  if (object.path !== undefined) return undefined;
  if (object.fields !== undefined || object.element !== undefined)
    return machine.outside('global.Object', node);
  return object.constants === undefined ? undefined : machine.outside('global.String', node);
}

function textTaint({ text }: Abstract): Taint | undefined {
  for (const piece of text ?? [])
    if (typeof piece !== 'string' && piece.taint !== undefined) return piece.taint;
  return undefined;
}

/**
 * Go's methods may stand in other files of the package than their type: they go by `(Type).Method` there, and a class
 * that begins with a method has its fields elsewhere.
 */
function memberElsewhere(
  { instance }: Abstract,
  of: NonNullable<Abstract['instance']>,
  key: string,
  machine: Machine,
): Abstract | undefined {
  const module = of.module as ModuleState;
  if (module.language.id !== 'go' || of.class.name === undefined) return undefined;
  const method = machine.ofPackage(`(${of.class.name}).${key}`, module)?.callable;
  if (method !== undefined) {
    return { callable: { ...method, self: instance === undefined ? undefined : { instance } } };
  }
  if (of.class.node.type !== 'method_declaration') return undefined;
  const declared = machine.ofPackage(of.class.name, module)?.class;
  if (declared === undefined || declared.class === of.class) return undefined;
  return ownMember(instance === undefined ? { class: declared } : { instance: declared }, key, machine);
}

/** A method or field of a class of the plugin's own, or of an instance of it. */
function ownMember(object: Abstract, key: string, machine: Machine): Abstract | undefined {
  const of = object.instance ?? object.class;
  if (of === undefined) return undefined;
  const method = of.class.methods.get(key);
  if (method !== undefined) {
    const self = object.instance === undefined ? undefined : { instance: object.instance };
    return { callable: { function: method, module: of.module, self } };
  }
  const field = machine.fieldOf(of.class, key);
  if (field !== undefined) return field;
  const elsewhere = memberElsewhere(object, of, key, machine);
  if (elsewhere !== undefined) return elsewhere;
  for (const base of of.class.bases) {
    const parent = machine.evaluate(base);
    if (parent.class !== undefined && parent.class.class !== of.class) {
      const inherited = ownMember(
        object.instance === undefined ? { class: parent.class } : { instance: parent.class },
        key,
        machine,
      );
      if (inherited !== undefined) return inherited;
    }
    if (parent.path !== undefined) {
      return machine.outside(machine.frame.module.language.lowering.memberPath(parent.path, key), base.node);
    }
  }
  return undefined;
}

import type { CallValue, ClassIr } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { receiverKind } from './assign.ts';
import type { CallParts } from './call-parts.ts';
import { foldCall } from './fold.ts';
import type { Machine } from './machine.ts';
import { cleared, derivedFrom, elementOf, harmless, unknown, withField } from './make.ts';
import { loadedModule } from './modules.ts';
import { anyTaint, values } from './values.ts';

/** What a call gives when its callee is one certain thing. */
export function resultOfOne(
  callee: Abstract,
  parts: CallParts,
  value: CallValue,
  ofCallbacks: Abstract | undefined,
  machine: Machine,
): Abstract {
  if (callee.callable !== undefined) return machine.invoke(callee.callable, parts.passed, parts.node);
  if (callee.class !== undefined) {
    if (value.isNew && value.args[0]?.value.kind === 'record') fillFields(callee.class.class, parts, machine);
    return machine.construct(callee.class, parts.passed, parts.node);
  }
  const [first] = parts.args;
  const loaded = loadedModule(parts.paths, first && values.textOf(first.value), parts.node, machine);
  if (loaded !== undefined) return loaded;
  if (callee.path === 'global.Reflect.get' && first !== undefined) {
    const key = parts.args[1] && values.textOf(parts.args[1].value);
    if (key !== undefined) return machine.member(first.value, key, parts.node);
  }
  const folded = foldCall(parts);
  if (folded !== undefined) return folded;
  const { language } = machine.frame.module;
  const { known } = language;
  const inputs = parts.args.map(argument => argument.value);
  if (callee.path === undefined) return resultOfUnknown(parts, inputs, ofCallbacks, machine);

  const subject = { paths: [callee.path], name: parts.method, receiver: receiverKind(parts.receiver) };
  const [from] = known.transparent.find(subject);
  if (from === 'receiver') return parts.receiver ?? unknown;
  if (from !== undefined) return parts.args[from]?.value ?? unknown;
  const [sanitizer] = known.sanitizers.find(subject);
  if (sanitizer !== undefined) {
    return cleared(
      derivedFrom(parts.receiver === undefined ? inputs : [parts.receiver, ...inputs]),
      sanitizer.safeFor,
    );
  }
  if (known.harmless.find(subject).length > 0) return harmless;
  if (parts.method === 'bind' && parts.receiver !== undefined) return parts.receiver;

  const maker = language.id === 'rust' ? RUST_MAKER.exec(callee.path)?.[1] : undefined;
  const path = maker ?? (isInstance(callee.path, parts, machine) ? callee.path : `${callee.path}()`);
  if (parts.isNew && language.id === 'go' && first?.value.fields !== undefined) {
    // A literal holds what is written in it, also when its type is one that strangers fill.
    return { ...first.value, path: known.nameOf(path) };
  }
  let result = machine.outside(path, value.node);
  // What it was made with stays with it: which program a command starts, which file is opened.
  if (maker !== undefined && first !== undefined) result = withField(result, '0', first.value);
  if (result.taint !== undefined) return result;
  // What functions made of somebody's values is theirs alone: `request.ids.map(() => '?')`.
  if (ofCallbacks !== undefined && parts.receiver?.taint !== undefined) return ofCallbacks;
  const own = ofCallbacks ?? unknown;
  const derived = derivedFrom(parts.receiver?.taint === undefined ? inputs : [parts.receiver, ...inputs]);
  const { taint = own.taint, safeFor } = derived;
  if (taint === undefined) return own.element === undefined ? result : { ...result, element: own.element };
  return { ...result, taint, ...(safeFor === undefined ? {} : { safeFor }) };
}

/** Rust makes instances by functions of the type, of which these give the type itself. */
const RUST_MAKER =
  /^(.*\.[A-Z]\w*)\.(?:new|default|from|open|connect|create|create_new|establish|try_from|try_new|with_capacity|from_seed|new_\w+)$/;

/** `T { a: x }` of a class of the plugin's own: what the fields of its instances hold. */
function fillFields(owner: ClassIr, { args }: CallParts, machine: Machine): void {
  for (const [key, value] of args[0]?.value.fields ?? []) machine.setField(owner, key, value);
}

/** Calling a class gives an instance, which goes by the class's own name. */
function isInstance(path: string, { isNew }: CallParts, machine: Machine): boolean {
  if (isNew) return true;
  const { id } = machine.frame.module.language;
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (id === 'rust') return /^[A-Z]/.test(last);
  if (id === 'python' || id === 'go')
    return /^_?[A-Z][a-z]*/.test(last) && (id === 'python' || isConversion(path));
  return false;
}

/** Go writes conversions like calls; functions begin with capitals too, so only what knowledge names counts. */
function isConversion(path: string): boolean {
  return /^(?:html\/template\.(?:HTML|JS|URL|CSS|HTMLAttr|JSStr|Srcset)|net\/http\.HandlerFunc)$/.test(path);
}

/** A method of something unknown: what it returns is as tainted as what it is called on. */
function resultOfUnknown(
  parts: CallParts,
  inputs: readonly Abstract[],
  ofCallbacks: Abstract | undefined,
  machine: Machine,
): Abstract {
  const { known } = machine.frame.module.language;
  const { receiver, method } = parts;
  const subject = { paths: [], name: method, receiver: receiverKind(receiver) };
  const [sanitizer] = known.sanitizers.find(subject);
  if (sanitizer !== undefined) {
    return cleared(derivedFrom(receiver === undefined ? inputs : [receiver, ...inputs]), sanitizer.safeFor);
  }
  if (known.harmless.find(subject).length > 0) return harmless;
  const [from] = known.transparent.find(subject);
  if (from === 'receiver') return receiver ?? unknown;
  if (from !== undefined) return parts.args[from]?.value ?? unknown;
  if (ofCallbacks !== undefined) return ofCallbacks;
  const name = receiver === undefined ? undefined : known.nameOf(`?.${method}()`);
  if (name !== undefined && name !== `?.${method}()`) return machine.outside(name, parts.node);
  const [source] = known.sources.find({ paths: [], name: `${method}()`, receiver: receiverKind(receiver) });
  if (source !== undefined && receiver !== undefined) return machine.outside(source.path, parts.node);
  // `id.String()` of a number or an identifier that was parsed.
  if (receiver?.isHarmless && inputs.every(one => anyTaint(one) === undefined)) return harmless;
  if (receiver === undefined) {
    return isTrusted(method) ? cleared(derivedFrom(inputs), 'all') : derivedFrom(inputs);
  }
  if (anyTaint(receiver) !== undefined) return derivedFrom([receiver, ...inputs]);
  // `join` and `format` of constant text carry what is put into them; a look-up by a key does not carry the key.
  if (receiver.constants !== undefined || receiver.text !== undefined) return derivedFrom(inputs);
  if (receiver.fields !== undefined || receiver.element !== undefined) return elementOf(receiver);
  return unknown;
}

/** A function whose name says that it makes its argument safe. */
function isTrusted(name: string): boolean {
  return /^(?:sanitiz|sanitis|escape|purify|quote|validate|clean_?(?:html|path|input))/i.test(name);
}

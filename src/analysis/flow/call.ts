import type { Argument, CallValue, ClassIr, TextValue, Value } from '../ir/index.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import { announceWrite, receiverKind } from './assign.ts';
import { runCallbacks } from './callbacks.ts';
import type { ArgumentView, CallEvent } from './events.ts';
import { foldCall } from './fold.ts';
import type { Machine, Passed } from './machine.ts';
import { cleared, concat, derivedFrom, elementOf, harmless, join, unknown, withField } from './make.ts';
import { loadedModule } from './modules.ts';
import { placeOf } from './place.ts';
import { anyTaint, values } from './values.ts';

/** Everything about one call while it is looked at. */
export interface CallParts {
  readonly node: SyntaxNode;
  readonly callee: Abstract;
  readonly method: string;
  readonly receiver: Abstract | undefined;
  readonly receiverValue: Value | undefined;
  readonly paths: readonly string[];
  readonly args: readonly ArgumentView[];
  readonly passed: Passed;
  readonly hasSpread: boolean;
  readonly isNew: boolean;
}

export function evaluateCall(value: CallValue, machine: Machine): Abstract {
  const parts = readCall(value, machine);
  return perform(parts, value, machine);
}

/** A tagged template is a call of its tag. */
export function evaluateTaggedText(value: TextValue, tag: Value, text: Abstract, machine: Machine): Abstract {
  const { callee, receiver, receiverValue, method } = readCallee(tag, machine);
  const parts: CallParts = {
    node: value.node,
    callee,
    method,
    receiver,
    receiverValue,
    paths: values.pathsOf(callee),
    args: [{ node: value.node, value: text, name: undefined }],
    passed: { positional: [text] },
    hasSpread: false,
    isNew: false,
  };
  announce(parts, machine);
  if (parts.paths.includes('global.String.raw')) return text;
  const [path] = parts.paths;
  // What a tag makes of its holes is its own business: parameters, escaped text, elements.
  return path === undefined ? cleared(unknown, 'all') : cleared({ path: `${path}()` }, 'all');
}

function readCallee(
  callee: Value,
  machine: Machine,
): Pick<CallParts, 'callee' | 'receiver' | 'receiverValue' | 'method'> {
  if (callee.kind === 'member') {
    const receiver = machine.evaluate(callee.object);
    const found = machine.member(receiver, callee.key, callee.node);
    return { callee: found, receiver, receiverValue: callee.object, method: callee.key };
  }
  if (callee.kind === 'index' && callee.key !== undefined) {
    const receiver = machine.evaluate(callee.object);
    const key = machine.evaluate(callee.key);
    const name = values.textOf(key);
    const found = name === undefined ? elementOf(receiver) : machine.member(receiver, name, callee.node);
    return { callee: found, receiver, receiverValue: callee.object, method: name ?? '[]' };
  }
  const found = machine.evaluate(callee);
  if (callee.kind === 'reference') {
    return {
      callee: found,
      receiver: undefined,
      receiverValue: undefined,
      method: lastPart(found) ?? callee.name,
    };
  }
  return { callee: found, receiver: undefined, receiverValue: undefined, method: lastPart(found) ?? '' };
}

function lastPart({ path }: Abstract): string | undefined {
  return path?.slice(path.lastIndexOf('.') + 1);
}

function readCall(value: CallValue, machine: Machine): CallParts {
  const { callee, receiver, receiverValue, method } = readCallee(value.callee, machine);
  const args: ArgumentView[] = [];
  let hasSpread = false;
  let rest: Abstract | undefined;
  const positional: Abstract[] = [];
  let named: Map<string, Abstract> | undefined;
  for (const argument of value.args) {
    const one = machine.evaluate(argument.value);
    if (argument.spread !== undefined) {
      hasSpread = true;
      rest = rest === undefined ? elementOf(one) : join(rest, elementOf(one));
      if (argument.spread === 'record') {
        named ??= new Map();
        for (const [key, field] of one.fields ?? []) named.set(key, field);
      }
      spreadInto(args, argument, one);
      continue;
    }
    args.push({ node: argument.value.node, value: one, name: argument.name });
    if (argument.name === undefined) positional.push(one);
    else {
      named ??= new Map();
      named.set(argument.name, one);
    }
  }
  const direct: CallParts = {
    node: value.node,
    callee,
    method,
    receiver,
    receiverValue,
    paths: values.pathsOf(callee),
    args,
    passed: { positional, named, rest },
    hasSpread,
    isNew: value.isNew,
  };
  return machine.frame.module.language.lowering.grammar.includes('python') ? direct : undoIndirection(direct);
}

/** A list that is spelled out is spread as if its elements were. */
function spreadInto(args: ArgumentView[], argument: Argument, list: Abstract): void {
  const { node } = argument.value;
  for (const [key, value] of list.fields ?? []) {
    args.push({ node, value, name: argument.spread === 'record' ? key : undefined });
  }
  if (list.fields === undefined || list.element !== undefined) {
    args.push({ node, value: list.element ?? elementOf(list), name: undefined });
  }
}

/** `f.call(this, x)`, `f.apply(this, [x])`, `Reflect.apply(f, this, [x])`, `Reflect.construct(F, [x])` are calls of f. */
function undoIndirection(parts: CallParts): CallParts {
  const { method, receiver, args, paths } = parts;
  const isKnown =
    receiver !== undefined &&
    receiverKind(receiver) === 'known' &&
    receiver.path !== 'global.Reflect' &&
    // `context.plugins.call(plugin, method)` is a method of its own.
    receiver.path?.startsWith('plugin-workbench.Context.') !== true;
  if (isKnown && (method === 'call' || method === 'apply') && receiver.fields === undefined) {
    const given = method === 'call' ? args.slice(1) : itemsOf(args[1]);
    return redirected(parts, receiver, given);
  }
  if (paths.includes('global.Reflect.apply') && args[0] !== undefined) {
    return redirected(parts, args[0].value, itemsOf(args[2]));
  }
  if (paths.includes('global.Reflect.construct') && args[0] !== undefined) {
    return { ...redirected(parts, args[0].value, itemsOf(args[1])), isNew: true };
  }
  return parts;
}

function itemsOf(list: ArgumentView | undefined): ArgumentView[] {
  if (list === undefined) return [];
  const { node } = list;
  if (list.value.fields === undefined) return [{ node, value: elementOf(list.value), name: undefined }];
  return [...list.value.fields.values()].map(value => ({ node, value, name: undefined }));
}

function redirected(parts: CallParts, callee: Abstract, args: readonly ArgumentView[]): CallParts {
  return {
    ...parts,
    callee,
    paths: values.pathsOf(callee),
    method: lastPart(callee) ?? parts.method,
    receiver: undefined,
    receiverValue: undefined,
    args,
    passed: { positional: args.map(({ value }) => value) },
  };
}

/** Tells who wants to know that something is called. */
function announce(parts: CallParts, machine: Machine): void {
  const { module } = machine.frame;
  const { calls } = machine.watchersOf(module.language.id);
  const { paths, method, receiver } = parts;
  const isKnown =
    calls.mayKnow(method) || paths.some(path => calls.mayKnow(path.slice(path.lastIndexOf('.') + 1)));
  if (!isKnown) return;
  const watches = calls.find({ paths, name: method, receiver: receiverKind(receiver) });
  if (watches.length === 0) return;
  const event = eventOf(parts);
  for (const watch of watches) watch(event, module);
}

function eventOf(parts: CallParts): CallEvent {
  const { node, paths, method, receiver, isNew, args, hasSpread } = parts;
  const positional = args.filter(({ name }) => name === undefined);
  const byName = (name: string): ArgumentView | undefined => args.find(one => one.name === name);
  const option = (name: string): Abstract | undefined => {
    const named = byName(name);
    if (named !== undefined) return named.value;
    for (let index = args.length - 1; index >= 0; index--) {
      const argument = args[index];
      const found = argument && values.field(argument.value, name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    node,
    paths,
    method,
    receiver,
    receiverText: nameOfReceiver(parts.receiverValue),
    isNew,
    args,
    hasSpread,
    argument: (position, name) => {
      const named = name === undefined ? undefined : byName(name);
      if (named !== undefined) return named;
      const at = position === undefined ? undefined : positional[position];
      if (at !== undefined || name === undefined) return at;
      const value = option(name);
      return value === undefined ? undefined : { node, value, name };
    },
    option,
  };
}

function nameOfReceiver(value: Value | undefined): string {
  const parts: string[] = [];
  let at = value;
  while (at !== undefined) {
    if (at.kind === 'member') {
      parts.unshift(at.key);
      at = at.object;
    } else if (at.kind === 'index') at = at.object;
    else if (at.kind === 'call') at = at.callee;
    else {
      if (at.kind === 'reference') parts.unshift(at.name);
      else if (at.kind === 'self') parts.unshift('this');
      break;
    }
  }
  return parts.join('.').toLowerCase();
}

function perform(parts: CallParts, value: CallValue, machine: Machine): Abstract {
  announce(parts, machine);
  announceFields(parts, value, machine);
  const ofCallbacks = runCallbacks(parts, machine);
  const { callee } = parts;
  let result: Abstract | undefined;
  for (const one of callee.also === undefined ? [callee] : [callee, ...callee.also]) {
    const part = resultOfOne(one, parts, value, ofCallbacks, machine);
    result = result === undefined ? part : join(result, part);
  }
  mutate(parts, machine);
  // What a function of the plugin's own writes to is seen when it runs.
  if (callee.callable === undefined) fillReferences(value, result ?? unknown, machine);
  return result ?? unknown;
}

function resultOfOne(
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
  const folded = foldCall(parts, machine);
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
  const own = ofCallbacks === undefined ? unknown : ofCallbacks;
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
function isInstance(path: string, { isNew, method }: CallParts, machine: Machine): boolean {
  if (isNew) return true;
  const { id } = machine.frame.module.language;
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (id === 'rust') return /^[A-Z]/.test(last);
  if (id === 'python' || id === 'go')
    return /^_?[A-Z][a-z]*/.test(last) && (id === 'python' || isConversion(path, method));
  return false;
}

/** Go writes conversions like calls; functions begin with capitals too, so only what knowledge names counts. */
function isConversion(path: string, _method: string): boolean {
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
  return isTrusted(method) || inputs.length === 0 ? unknown : unknown;
}

/** A function whose name says that it makes its argument safe. */
function isTrusted(name: string): boolean {
  return /^(?:sanitiz|sanitis|escape|purify|quote|validate|clean_?(?:html|path|input))/i.test(name);
}

/** A typed literal writes its fields: `tls.Config{InsecureSkipVerify: true}`. */
function announceFields({ callee, isNew, args }: CallParts, value: CallValue, machine: Machine): void {
  const record = value.args[0]?.value;
  if (!isNew || callee.path === undefined || record?.kind !== 'record') return;
  const fields = args[0]?.value.fields;
  for (const { key, value: entry } of record.entries) {
    if (typeof key !== 'string') continue;
    const written = fields?.get(key) ?? unknown;
    announceWrite(entry.node, { path: callee.path }, key, { constants: [key] }, written, machine);
  }
}

/** What a call writes into the places it is handed: as tainted as what it would return. */
function fillReferences(value: CallValue, result: Abstract, machine: Machine): void {
  for (const argument of value.args) {
    if (!argument.isReference) continue;
    const place = placeOf(argument.value);
    if (place === undefined) continue;
    const { path, instance } = machine.evaluate(argument.value);
    const { taint, safeFor } = result.taint === undefined ? derivedFrom([result]) : result;
    machine.env.set(place, {
      // What was made empty, such as Go's `make([]byte, 12)`, is empty no more.
      ...(path === undefined || path.endsWith('()') ? {} : { path }),
      ...(instance === undefined ? {} : { instance }),
      ...(taint === undefined ? {} : { taint }),
      ...(safeFor === undefined ? {} : { safeFor }),
    });
  }
}

const ADDING = new Set([
  'push',
  'unshift',
  'append',
  'add',
  'insert',
  'extend',
  'push_str',
  'push_back',
  'WriteString',
  'WriteByte',
  'WriteRune',
  'Write',
  'Add',
  'Set',
  'set',
  'put',
  'update',
  'setdefault',
  'write_str',
  'arg',
  'args',
  'concat',
]);
/** Those of them whose first argument is the key. */
const KEYED = new Set(['set', 'Set', 'put', 'insert']);
const TEXT_ADDING = new Set(['push_str', 'WriteString', 'write_str']);

/** Methods that put their arguments into what they are called on. */
function mutate({ method, receiver, receiverValue, args }: CallParts, machine: Machine): void {
  if (!ADDING.has(method) || receiver === undefined || receiverValue === undefined || args.length === 0)
    return;
  if (receiver.instance !== undefined || receiver.callable !== undefined) return;
  const place = placeOf(receiverValue);
  if (place === undefined) return;
  let changed = receiver;
  if (TEXT_ADDING.has(method) && args[0] !== undefined) {
    const { path } = receiver;
    const before =
      receiver.text !== undefined || receiver.constants !== undefined ? receiver : { constants: [''] };
    changed = concat([before, args[0].value]);
    if (path !== undefined) changed = { ...changed, path };
  } else if (KEYED.has(method) && args.length >= 2) {
    const key = args[0] && values.textOf(args[0].value);
    const value = args.at(-1)?.value;
    if (value !== undefined) changed = withField(changed, key, value);
  } else {
    for (const { value } of args) {
      const isNext = method === 'push' || method === 'append';
      const key = isNext && receiver.fields !== undefined ? String(changed.fields?.size ?? 0) : undefined;
      changed = withField(changed, changed.element === undefined ? key : undefined, value);
    }
  }
  machine.env.set(place, changed);
}

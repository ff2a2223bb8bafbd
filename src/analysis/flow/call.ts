import type { Argument, CallValue, TextValue, Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { receiverKind } from './assign.ts';
import { announceFields, fillReferences, mutate } from './call-effects.ts';
import { announceCall } from './call-event.ts';
import type { CallParts } from './call-parts.ts';
import { resultOfOne } from './call-result.ts';
import { runCallbacks } from './callbacks.ts';
import type { ArgumentView } from './events.ts';
import type { Machine } from './machine.ts';
import { cleared, elementOf, join, unknown } from './make.ts';
import { values } from './values.ts';

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
  announceCall(parts, machine);
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

function perform(parts: CallParts, value: CallValue, machine: Machine): Abstract {
  announceCall(parts, machine);
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

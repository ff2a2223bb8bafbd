import type { SyntaxNode } from '../syntax/node.ts';
import type { Abstract } from './abstract.ts';
import { receiverKind } from './assign.ts';
import type { ArgumentView } from './events.ts';
import type { HandlerParameter, HandlerSpec } from './knowledge.ts';
import type { Callable, Machine, Passed } from './machine.ts';
import { derivedFrom, elementOf, join, unknown } from './make.ts';
import { taintFrom } from './paths.ts';

interface CallWithFunctions {
  readonly node: SyntaxNode;
  readonly callee: Abstract;
  readonly method: string;
  readonly receiver: Abstract | undefined;
  readonly paths: readonly string[];
  readonly args: readonly ArgumentView[];
}

/** Methods that show a function every element, and what they give. */
const EACH: Readonly<Record<string, 'results' | 'element' | 'same' | 'nothing'>> = {
  map: 'results',
  flatMap: 'results',
  flat_map: 'results',
  filter_map: 'results',
  forEach: 'nothing',
  for_each: 'nothing',
  filter: 'same',
  find: 'element',
  findLast: 'element',
  some: 'nothing',
  every: 'nothing',
  any: 'nothing',
  all: 'nothing',
  sort: 'same',
  each: 'nothing',
  take_while: 'same',
};

/** Methods that hand a function what the receiver holds or will hold. */
const HELD = new Set([
  'then',
  'catch',
  'finally',
  'and_then',
  'map_err',
  'unwrap_or_else',
  'or_else',
  'tap',
  'pipe',
  'inspect',
]);

/**
 * Runs the functions among a call's arguments, as whoever is called will; what the call gives as far as they decide it.
 * Functions of the plugin's own run their callbacks themselves.
 */
export function runCallbacks(call: CallWithFunctions, machine: Machine): Abstract | undefined {
  if (call.callee.callable !== undefined || call.callee.class !== undefined) return undefined;
  if (!call.args.some(({ value }) => mayHoldFunction(value))) return undefined;
  let result: Abstract | undefined;
  for (const [index, argument] of call.args.entries()) {
    for (const callable of functionsIn(argument.value)) {
      let returned: Abstract = unknown;
      const branch = machine.env.branch(() => {
        returned = machine.invoke(callable, whatItGets(call, index, callable, machine), argument.node);
      });
      machine.env.merge([branch, new Map()]);
      result = resultWith(call, returned) ?? result;
    }
  }
  return result;
}

function mayHoldFunction({ callable, fields, also }: Abstract): boolean {
  return callable !== undefined || fields !== undefined || also !== undefined;
}

/** Functions handed over directly, or in an object of functions. */
function functionsIn(value: Abstract): Callable[] {
  const found: Callable[] = [];
  for (const one of [value, ...(value.also ?? [])]) {
    if (one.callable !== undefined) found.push(one.callable);
    for (const field of one.fields?.values() ?? []) {
      if (field.callable !== undefined && found.length < 32) found.push(field.callable);
    }
  }
  return found;
}

function whatItGets(call: CallWithFunctions, index: number, callable: Callable, machine: Machine): Passed {
  const { known } = machine.frame.module.language;
  const subject = { paths: call.paths, name: call.method, receiver: receiverKind(call.receiver) };
  const handler = known.handlersByCall
    .find(subject)
    .find(one => one.argument === undefined || one.argument === index);
  if (handler !== undefined) return passedTo(handler, callable.function.params.length, call.node, machine);
  const { receiver } = call;
  if (receiver !== undefined && Object.hasOwn(EACH, call.method)) {
    return { positional: [elementOf(receiver), unknown, receiver] };
  }
  if (receiver !== undefined && (call.method === 'reduce' || call.method === 'fold')) {
    const initial = call.args.find(one => one.value.callable === undefined)?.value ?? unknown;
    return { positional: [join(initial, elementOf(receiver)), elementOf(receiver)] };
  }
  if (receiver !== undefined && HELD.has(call.method)) return { positional: [receiver] };
  const others = call.args.filter(one => one.value.callable === undefined).map(one => one.value);
  const derived = derivedFrom(receiver === undefined ? others : [receiver, ...others]);
  return { positional: [], rest: derived };
}

/** What a handler's parameters get from outside. */
export function passedTo(handler: HandlerSpec, count: number, node: SyntaxNode, machine: Machine): Passed {
  const given = (parameter: HandlerParameter): Abstract => {
    if (parameter === undefined) return unknown;
    if ('path' in parameter) return machine.outside(parameter.path, node);
    return { taint: taintFrom(parameter.level, parameter.what, node, machine.frame.module.file) };
  };
  const positional = handler.params.map(given);
  if (handler.rest === undefined) return { positional };
  const rest = given(handler.rest);
  while (positional.length < count) positional.push(rest);
  return { positional, rest };
}

function resultWith(call: CallWithFunctions, returned: Abstract): Abstract | undefined {
  const { method, receiver } = call;
  if (HELD.has(method)) return method === 'then' || method === 'and_then' ? returned : receiver;
  if (method === 'reduce' || method === 'fold') return returned;
  switch (Object.hasOwn(EACH, method) ? EACH[method] : undefined) {
    case 'results':
      return { element: returned };
    case 'element':
      return receiver === undefined ? undefined : elementOf(receiver);
    case 'same':
      return receiver;
    default:
      return undefined;
  }
}

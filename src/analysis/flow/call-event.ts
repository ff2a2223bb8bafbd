import type { Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { receiverKind } from './assign.ts';
import type { CallParts } from './call-parts.ts';
import type { ArgumentView, CallEvent } from './events.ts';
import type { Machine } from './machine.ts';
import { values } from './values.ts';

/** Tells who wants to know that something is called. */
export function announceCall(parts: CallParts, machine: Machine): void {
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

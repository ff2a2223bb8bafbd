import type { CallValue } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { announceWrite } from './assign.ts';
import type { CallParts } from './call-parts.ts';
import type { Machine } from './machine.ts';
import { concat, derivedFrom, unknown, withField } from './make.ts';
import { placeOf } from './place.ts';
import { values } from './values.ts';

/** A typed literal writes its fields: `tls.Config{InsecureSkipVerify: true}`. */
export function announceFields({ callee, isNew, args }: CallParts, value: CallValue, machine: Machine): void {
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
export function fillReferences(value: CallValue, result: Abstract, machine: Machine): void {
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
export function mutate({ method, receiver, receiverValue, args }: CallParts, machine: Machine): void {
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

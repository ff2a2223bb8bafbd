import type { Primitive } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import type { ArgumentView } from './events.ts';
import { concat, constant, elementOf, harmless } from './make.ts';
import { foldPlaces } from './places.ts';
import { values } from './values.ts';

interface Foldable {
  readonly method: string;
  readonly receiver: Abstract | undefined;
  readonly paths: readonly string[];
  readonly args: readonly ArgumentView[];
}

/** Longest constant that is computed; text of this length is no name of anything. */
const MAX_LENGTH = 4_096;

type Fold = (self: string, args: readonly Primitive[]) => Primitive | readonly Primitive[];

/** What methods do with constant text; names of all languages, where they don't disagree. */
const ofText: Readonly<Record<string, Fold>> = {
  toLowerCase: self => self.toLowerCase(),
  lower: self => self.toLowerCase(),
  toUpperCase: self => self.toUpperCase(),
  upper: self => self.toUpperCase(),
  trim: self => self.trim(),
  strip: self => self.trim(),
  to_string: self => self,
  to_owned: self => self,
  toString: (self: string) => self,
  as_str: self => self,
  clone: self => self,
  into: self => self,
  decode: self => self,
  encode: self => self,
  valueOf: (self: string) => self,
  concat: (self, args) => self + args.map(String).join(''),
  charAt: (self, [at]) => self.charAt(Number(at ?? 0)),
  slice: (self, [from, to]) => self.slice(Number(from ?? 0), to === undefined ? undefined : Number(to)),
  substring: (self, [from, to]) =>
    self.substring(Number(from ?? 0), to === undefined ? undefined : Number(to)),
  replace: (self, [what, by]) =>
    typeof what === 'string' && typeof by === 'string' ? self.replace(what, () => by) : undefined,
  replaceAll: (self, [what, by]) =>
    typeof what === 'string' && typeof by === 'string' ? self.replaceAll(what, () => by) : undefined,
  split: (self, [by]) => (typeof by === 'string' ? self.split(by) : undefined),
};

/** Functions of constants, by their path. */
const functions: Readonly<Record<string, (args: readonly Primitive[]) => Primitive>> = {
  'global.String': ([text]) => String(text),
  'global.String.fromCharCode': codes => String.fromCharCode(...codes.map(Number)),
  'global.String.fromCodePoint': codes =>
    codes.every(code => Number(code) >= 0 && Number(code) <= 0x10ffff)
      ? String.fromCodePoint(...codes.map(Number))
      : '',
  'global.atob': ([text]) => fromBase64(String(text)),
  'global.decodeURIComponent': ([text]) => decodeUri(String(text)),
  'global.unescape': ([text]) => decodeUri(String(text)),
  'builtins.str': ([text]) => String(text),
  'builtins.chr': ([code]) =>
    Number(code) >= 0 && Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : '',
  'base64.b64decode': ([text]) => fromBase64(String(text)),
  'builtins.bytes.fromhex': ([text]) => fromHex(String(text)),
};

/** The result of a call that can be computed before the program runs, or modelled piece by piece; else `undefined`. */
export function foldCall(call: Foldable): Abstract | undefined {
  return (
    foldJoin(call) ??
    foldFormat(call) ??
    foldPlaces(call) ??
    foldPaths(call) ??
    foldDecode(call) ??
    foldConstant(call) ??
    foldOfList(call)
  );
}

function foldConstant({ method, receiver, paths, args }: Foldable): Abstract | undefined {
  const given: Primitive[] = [];
  for (const { value } of args) {
    if (value.constants?.length !== 1 || value.taint !== undefined || value.also !== undefined)
      return undefined;
    given.push(value.constants[0]);
  }
  const [path] = paths;
  const compute = path !== undefined && Object.hasOwn(functions, path) ? functions[path] : undefined;
  if (compute !== undefined && given.length > 0) return constant(compute(given));
  if (receiver?.constants === undefined || receiver.taint !== undefined || receiver.also !== undefined)
    return undefined;
  if (!Object.hasOwn(ofText, method)) return undefined;
  const results: Primitive[] = [];
  for (const self of receiver.constants) {
    if (typeof self !== 'string' || self.length > MAX_LENGTH) return undefined;
    const result = ofText[method]?.(self, given);
    if (Array.isArray(result)) {
      if (receiver.constants.length > 1 || result.length > 64) return undefined;
      return { fields: new Map(result.map((one, index) => [String(index), constant(one)])) };
    }
    if (result === undefined) return undefined;
    results.push(result as Primitive);
  }
  return { constants: results };
}

/** `[a, b].join(sep)`, `sep.join([a, b])`, `strings.Join([]string{a, b}, sep)`: text of what is in the list. */
function foldJoin({ method, receiver, paths, args }: Foldable): Abstract | undefined {
  const first = args[0]?.value;
  let list: Abstract | undefined;
  let separator: Abstract | undefined;
  if (method === 'join' && receiver !== undefined && paths.length === 0) {
    if (receiver.fields !== undefined || receiver.element !== undefined) {
      list = receiver;
      separator = first ?? constant(',');
    } else if (receiver.constants !== undefined && first !== undefined) {
      list = first;
      separator = receiver;
    }
  } else if (paths.includes('strings.Join') && first !== undefined) {
    list = first;
    separator = args[1]?.value;
  }
  if (list === undefined || separator === undefined) return undefined;
  if (list.fields === undefined && list.element === undefined && list.taint === undefined) return undefined;
  const parts: Abstract[] = [];
  for (const item of list.fields?.values() ?? []) {
    if (parts.length > 0) parts.push(separator);
    parts.push(item);
  }
  if (list.element !== undefined) parts.push(...(parts.length > 0 ? [separator] : []), list.element);
  if (list.taint !== undefined) parts.push({ taint: list.taint });
  return concat(parts);
}

/** `QUERY.format(name)` of a constant text kept elsewhere. */
function foldFormat({ method, receiver, paths, args }: Foldable): Abstract | undefined {
  if (method !== 'format' || paths.length > 0 || args.length === 0) return undefined;
  if (receiver?.constants === undefined && receiver?.text === undefined) return undefined;
  return concat([receiver, ...args.map(({ value }) => value)]);
}

const JOINS = new Set([
  'path.join',
  'path.resolve',
  'path.posix.join',
  'path.win32.join',
  'os.path.join',
  'posixpath.join',
  'path/filepath.Join',
  'path.Join',
]);

/** Paths put together. */
function foldPaths({ paths, args }: Foldable): Abstract | undefined {
  const [path] = paths;
  if (path === undefined || !JOINS.has(path) || args.length === 0) return undefined;
  const parts: Abstract[] = [];
  for (const { value } of args) {
    if (parts.length > 0 && values.textOf(value)?.startsWith('/') !== true) parts.push(constant('/'));
    parts.push(value);
  }
  return concat(parts);
}

/** `Buffer.from(text, 'base64').toString()` of a constant. */
function foldDecode({ method, receiver, paths, args }: Foldable): Abstract | undefined {
  const path = paths[0] ?? '';
  if (/(?:^|\.)Buffer\.from$/.test(path)) {
    const text = args[0] && values.textOf(args[0].value);
    const encoding = (args[1] && values.textOf(args[1].value)) ?? 'utf8';
    if (text === undefined || text.length > MAX_LENGTH) return undefined;
    if (encoding === 'base64' || encoding === 'base64url') return constant(fromBase64(text));
    return constant(encoding === 'hex' ? fromHex(text) : text);
  }
  if (method !== 'fromhex' || receiver === undefined) return undefined;
  const text = args[0] && values.textOf(args[0].value);
  return text === undefined ? undefined : constant(fromHex(text));
}

/** Parts of lists that are spelled out. */
function foldOfList({ method, receiver }: Foldable): Abstract | undefined {
  if (receiver?.fields === undefined && receiver?.element === undefined) return undefined;
  if (receiver.path !== undefined || receiver.instance !== undefined) return undefined;
  switch (method) {
    case 'pop':
    case 'shift':
    case 'at':
    case 'get':
    case 'values':
    case 'items':
    case 'entries':
      return method === 'values' || method === 'items' || method === 'entries'
        ? { element: elementOf(receiver) }
        : elementOf(receiver);
    case 'slice':
    case 'reverse':
    case 'copy':
    case 'flat':
    case 'iter':
    case 'to_vec':
    case 'collect':
      return method === 'reverse' ? reversed(receiver) : receiver;
    case 'keys':
      return { element: harmless };
    case 'concat':
      return receiver;
    default:
      return undefined;
  }
}

function reversed(list: Abstract): Abstract {
  if (list.fields === undefined || list.element !== undefined) return list;
  const items = [...list.fields.values()].reverse();
  return { fields: new Map(items.map((item, index) => [String(index), item])) };
}

function fromBase64(text: string): string {
  const clean = text
    .replace(/[^A-Za-z0-9+/\-_]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  try {
    return globalThis.atob(clean);
  } catch {
    return '';
  }
}

function fromHex(text: string): string {
  return text
    .replace(/[^0-9a-f]/gi, '')
    .replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16)));
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { Value } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import type { Machine } from './machine.ts';
import { harmless } from './make.ts';

/** Names of types whose values carry no text of anybody's choice. */
const HARMLESS_TYPES = new Set(
  (
    'number bigint boolean bool int float complex int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 ' +
    'i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 usize isize f32 f64 Date datetime date timedelta Duration Uuid UUID ObjectId'
  ).split(' '),
);

/** Names of types that say only that it is text, or anything. */
const TEXT_TYPES = new Set(
  (
    'string String str bytes bytearray any Any object unknown Object interface error rune byte Vec List Array dict Dict list ' +
    'tuple set Record Map HashMap Path PathBuf Promise Sequence Iterable Mapping T'
  ).split(' '),
);

/** What a declared type says of a value; `undefined` when it says only that it is text, or nothing. */
export function typeValue(type: Value, machine: Machine): Abstract | undefined {
  const written = type.kind === 'member' ? type.key : type.kind === 'reference' ? type.name : undefined;
  if (written === undefined) return undefined;
  const value = machine.evaluate(type);
  if (value.class !== undefined) return { instance: value.class };
  if (HARMLESS_TYPES.has(written)) return harmless;
  const { known } = machine.frame.module.language;
  if (value.path !== undefined && known.harmless.at(value.path).length > 0) return harmless;
  // A framework's own `Path` or `Any` is a source for all that.
  if (value.path === undefined || (TEXT_TYPES.has(written) && value.taint === undefined)) return undefined;
  // A type of the plugin's own that is no class, or a type parameter.
  if (type.kind === 'reference' && type.binding === undefined && !value.path.includes('.')) return undefined;
  const { path } = value;
  return /^(?:global|builtins|builtin)\.[A-Za-z]+$/.test(path) && !hasMembers(path) ? undefined : value;
}

/** Global types worth knowing by name: the browser's own. */
function hasMembers(path: string): boolean {
  return /\.(?:Request|Response|Window|Document|HTML\w*|Element|MessageEvent|WebSocket|FormData|URL|URLSearchParams|Location|Storage)$/.test(
    path,
  );
}

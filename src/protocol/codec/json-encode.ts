import type { Json } from '../plugin/index.ts';
import { toBase64 } from './base64.ts';
import { tooLarge } from './byte-writer.ts';
import { toInstant } from './instant.ts';
import { isTagLike } from './json-tags.ts';
import { sortOut } from './kind.ts';
import { Trail } from './trail.ts';
import { type CodecLimits, defaultCodecLimits } from './value.ts';

const utf8 = new TextEncoder();

/** Writes a value as tagged JSON in UTF-8. @throws CodecError */
export function encodeJson(value: unknown, limits: CodecLimits): Uint8Array {
  const text = JSON.stringify(toTaggedJson(value, limits));
  if (text.length > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const bytes = utf8.encode(text);
  if (bytes.length > limits.maxBytes) throw tooLarge(limits.maxBytes);
  return bytes;
}

/**
 * A value as JSON that loses nothing: what JSON lacks becomes an object with one tag (`{"$int":"…"}`), so that it can
 * travel in the arguments of a message.
 *
 * @throws CodecError `unsupported` or `depth`
 */
export function toTaggedJson(value: unknown, limits: CodecLimits = defaultCodecLimits): Json {
  return tag(value, new Trail(limits.maxDepth));
}

function tag(input: unknown, trail: Trail): Json {
  const { kind, value } = sortOut(input, trail);
  switch (kind) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return value;
    case 'int':
      return typeof value === 'number' ? value : tagInteger(value);
    case 'float':
      if (Object.is(value, -0)) return { $float: '-0' };
      return Number.isFinite(value) ? value : { $float: `${value}` };
    case 'bytes':
      return { $bytes: toBase64(value) };
    case 'date':
      toInstant(value, trail);
      return { $date: value.toISOString() };
    case 'list':
      return within(trail, () =>
        // Not `map`, which skips the holes of a sparse array.
        Array.from(value, (member, index) => {
          trail.at(index);
          return tag(member, trail);
        }),
      );
    case 'map':
      return within(trail, () => tagMap(value, trail));
  }
}

function tagInteger(value: bigint): Json {
  const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isSafe ? Number(value) : { $int: `${value}` };
}

function tagMap(entries: readonly (readonly [string, unknown])[], trail: Trail): Json {
  const map = Object.fromEntries(
    entries.map(([key, member]) => {
      trail.at(key);
      return [key, tag(member, trail)];
    }),
  );
  return isTagLike(Object.keys(map)) ? { $map: map } : map;
}

function within<T>(trail: Trail, convert: () => T): T {
  trail.enter();
  const result = convert();
  trail.leave();
  return result;
}

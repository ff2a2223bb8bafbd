import { bytesNestDeeper } from '../wire/depth.ts';
import { fromBase64 } from './base64.ts';
import { CodecError } from './codec-error.ts';
import { parseDate } from './instant.ts';
import { isTagLike } from './json-tags.ts';
import { loneSurrogate, toInteger, toObject } from './kind.ts';
import { Trail } from './trail.ts';
import { type CodecLimits, defaultCodecLimits, integerRange, type Value } from './value.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads tagged JSON. @throws CodecError */
export function decodeJson(bytes: Uint8Array, limits: CodecLimits): Value {
  // Each level may be written as two: `{"$map":{…}}`; the innermost may hold a tag.
  if (bytesNestDeeper(bytes, limits.maxDepth * 2 + 1)) {
    throw new CodecError(
      'depth',
      `Arrays and maps lie more than ${limits.maxDepth} deep within one another.`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(bytes));
  } catch {
    throw new CodecError('malformed', 'The data is not JSON in UTF-8.');
  }
  return fromTaggedJson(json, limits);
}

/** The value that {@link toTaggedJson} wrote. @param json what `JSON.parse` returns @throws CodecError */
export function fromTaggedJson(json: unknown, limits: CodecLimits = defaultCodecLimits): Value {
  return untag(json, new Trail(limits.maxDepth));
}

function untag(json: unknown, trail: Trail): Value {
  if (typeof json === 'string') return text(json, trail);
  if (json === null || typeof json === 'boolean' || typeof json === 'number') return json;
  if (Array.isArray(json)) {
    trail.enter();
    const list = json.map((member, index) => {
      trail.at(index);
      return untag(member, trail);
    });
    trail.leave();
    return list;
  }
  const entries = Object.entries(json as object);
  const [first] = entries;
  return first && isTagLike([...entries.map(([key]) => key)])
    ? untagOne(first[0], first[1], trail)
    : untagMap(entries, trail);
}

function untagMap(entries: readonly (readonly [string, unknown])[], trail: Trail): Value {
  trail.enter();
  const map = toObject(
    entries.map(([key, member]) => {
      trail.at(key);
      return [text(key, trail), untag(member, trail)];
    }),
  );
  trail.leave();
  return map;
}

function untagOne(tag: string, content: unknown, trail: Trail): Value {
  switch (tag) {
    case '$map':
      if (typeof content !== 'object' || content === null || Array.isArray(content)) break;
      return untagMap(Object.entries(content), trail);
    case '$int':
      if (typeof content !== 'string' || !/^(?:0|-?[1-9]\d{0,19})$/.test(content)) break;
      return integer(BigInt(content), trail);
    case '$float':
      if (typeof content !== 'string' || !isTaggedFloat(content)) break;
      return Number(content);
    case '$bytes': {
      const bytes = typeof content === 'string' ? fromBase64(content) : undefined;
      if (!bytes) break;
      return bytes;
    }
    case '$date':
      if (typeof content !== 'string') break;
      return parseDate(content, trail);
    default:
      return trail.fail('malformed', `There is no tag ${JSON.stringify(tag)}.`);
  }
  return trail.fail('malformed', `The content of ${JSON.stringify(tag)} is not what the tag says.`);
}

/** True for those that need a tag: what JSON has no word for, and what it would not tell from an integer. */
function isTaggedFloat(content: string): boolean {
  if (content === 'NaN' || content === 'Infinity' || content === '-Infinity' || content === '-0') return true;
  return /^(?:0|-?[1-9]\d{0,15})$/.test(content) && Number.isSafeInteger(Number(content));
}

function integer(value: bigint, trail: Trail): Value {
  if (value < integerRange.least || value > integerRange.greatest) {
    trail.fail('malformed', 'An integer lies between −2^63 and 2^64 − 1; this one does not.');
  }
  return toInteger(value);
}

function text(value: string, trail: Trail): string {
  if (loneSurrogate.test(value))
    trail.fail('malformed', 'A string holds half a character (a lone surrogate).');
  return value;
}

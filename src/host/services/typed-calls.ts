import { CodecError, fromTaggedJson, toTaggedJson } from '../../protocol/codec/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

/**
 * Asks a plugin whose SDK knows no types for somebody who sends them: in plain JSON, where nothing is lost by that.
 *
 * @param args tagged JSON
 * @param ask sends the plain arguments
 * @returns its result as tagged JSON
 * @throws WireError `InvalidParams` when the arguments need a type that plain JSON lacks; otherwise what `ask` throws
 */
export async function askUntyped(args: Json, ask: (plain: Json) => Promise<Json>): Promise<Json> {
  const plain = toPlain(args);
  // What it answers is a value, too, which may look like a tag.
  return toTaggedJson(await ask(plain));
}

/** The value as plain JSON; @throws WireError where there is none. */
function toPlain(tagged: Json): Json {
  let value: unknown;
  try {
    value = fromTaggedJson(tagged);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new WireError(ErrorCode.InvalidParams, `The arguments are no tagged JSON: ${error.message}`);
  }
  refuseTypes(value, '$');
  return value as Json;
}

/** @throws WireError for the first value that plain JSON can't carry, with the way to it. */
function refuseTypes(value: unknown, path: string): void {
  const lost = nameOfLoss(value);
  if (lost !== undefined) {
    const message = `The other plugin’s SDK knows plain JSON only, which can’t carry ${lost} at ${path}.`;
    throw new WireError(ErrorCode.InvalidParams, message);
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseTypes(item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      refuseTypes(member, /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`);
    }
  }
}

function nameOfLoss(value: unknown): string | undefined {
  if (typeof value === 'bigint') return 'an integer beyond 2^53';
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return `the number ${Object.is(value, -0) ? '-0' : value}`;
  }
  if (value instanceof Uint8Array) return 'bytes';
  return value instanceof Date ? 'a date' : undefined;
}

import { CodecError, fromTaggedJson, toTaggedJson } from '../../protocol/codec/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

/** A value of plugin code as tagged JSON; `undefined` is null. @throws TypeError for what no other language has */
export function writeTyped(value: unknown): Json {
  try {
    return toTaggedJson(value ?? null);
  } catch (error) {
    throw error instanceof CodecError ? new TypeError(error.message) : error;
  }
}

/** What tagged JSON from elsewhere means. @throws WireError `InvalidParams` when it is none */
export function readTyped(tagged: Json): unknown {
  try {
    return fromTaggedJson(tagged);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new WireError(ErrorCode.InvalidParams, `It is no tagged JSON: ${error.message}`);
  }
}

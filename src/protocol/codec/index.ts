/**
 * The data bridge: values that keep their types from one language to another, in three formats. See
 * `docs/data-bridge.md` and `schemas/value.proto`.
 */
export { decode, encode } from './codec.ts';
export { CodecError, type CodecFault } from './codec-error.ts';
export { fromTaggedJson } from './json-decode.ts';
export { toTaggedJson } from './json-encode.ts';
export { chooseFormat, commonFormats, type Formats, useBinaryFormat } from './negotiation.ts';
export type { SchemaType, ValueSchema } from './schema.ts';
export { decodeSchema } from './schema-decode.ts';
export { generateSchema } from './schema-generate.ts';
export { type SchemaProblem, validateSchema } from './schema-validate.ts';
export {
  BLOCK_HEADER_BYTES,
  type BlockHeader,
  decodeBlock,
  decodeBlockHeader,
  encodeBlock,
} from './structured.ts';
export { type CodecLimits, defaultCodecLimits, type Format, formats, type Value } from './value.ts';
export { createValueCache, type ValueCache, type ValueCacheOptions } from './value-cache.ts';

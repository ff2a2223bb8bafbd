/**
 * A value that every language of the workbench has. Integers are those from −2⁶³ to 2⁶⁴ − 1: a `number` where it is
 * exact, a `bigint` beyond ±(2⁵³ − 1). Any other `number`, and −0, is a float. A `Date` keeps milliseconds. An object
 * is a map with string keys; its order has no meaning.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | readonly Value[]
  | { readonly [key: string]: Value };

/** The ways a value is written as bytes. */
export type Format = 'json' | 'msgpack' | 'protobuf';

/** Every format, in the order of the numbers that stand for them in shared memory. */
export const formats: readonly Format[] = ['json', 'msgpack', 'protobuf'];

/** Bounds on what is read and written; sizes in bytes. */
export interface CodecLimits {
  /** How many arrays and maps may lie within one another. */
  readonly maxDepth: number;
  /** The whole serialised value. */
  readonly maxBytes: number;
}

/** The bounds when none are given: 64 levels, 64 MiB. */
export const defaultCodecLimits: CodecLimits = { maxDepth: 64, maxBytes: 64 * 1024 * 1024 };

/** Smallest and greatest integer of the value model. */
export const integerRange = { least: -(2n ** 63n), greatest: 2n ** 64n - 1n } as const;

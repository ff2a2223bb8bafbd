/** What travels between plugins, and what is given back. */

/** Any value JSON can carry. Everything that leaves the plugin's process must be one. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Something that holds on to a resource until `dispose` is called; a second call does nothing. */
export interface Disposable {
  dispose(): void;
}

/**
 * A value that keeps its type from one language to another: integers from −2⁶³ to 2⁶⁴ − 1 (`bigint` beyond
 * ±(2⁵³ − 1)), NaN and infinities, bytes, dates, besides all that JSON has.
 */
export type StructuredValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | readonly StructuredValue[]
  | { readonly [key: string]: StructuredValue };

/** How a structured value is written. */
export type StructuredFormat = 'json' | 'msgpack' | 'protobuf';

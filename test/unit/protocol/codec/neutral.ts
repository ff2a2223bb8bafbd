import { readFileSync } from 'node:fs';
import type { Format, Value } from '../../../../src/protocol/codec/index.ts';

/** A value in words that belong to no format; see `test/vectors/codec.json`. */
export type Neutral =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'float' | 'string' | 'bytes' | 'date'; readonly value: string }
  | { readonly type: 'list'; readonly value: readonly Neutral[] }
  | { readonly type: 'map'; readonly value: readonly (readonly [string, Neutral])[] };

interface Written {
  readonly name: string;
  readonly value: Neutral;
  readonly json: string;
  readonly msgpack: string;
  readonly protobuf: string;
}

interface Vectors {
  readonly values: readonly Written[];
  /** Numbers whose kind JavaScript does not keep. */
  readonly wholeFloats: readonly Written[];
  readonly accepted: readonly {
    readonly name: string;
    readonly format: Format;
    readonly hex: string;
    readonly value: Neutral;
  }[];
  readonly refused: readonly { readonly name: string; readonly format: Format; readonly hex: string }[];
}

/** The values that the codecs of every language are tested with. */
export const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/codec.json', import.meta.url), 'utf8'),
) as Vectors;

/** The value that is meant. */
export function fromNeutral(neutral: Neutral): Value {
  switch (neutral.type) {
    case 'null':
      return null;
    case 'bool':
    case 'string':
      return neutral.value;
    case 'int': {
      const exact = BigInt(neutral.value);
      return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
    }
    case 'float':
      return Number(neutral.value);
    case 'bytes':
      return Uint8Array.from(Buffer.from(neutral.value, 'hex'));
    case 'date':
      return new Date(neutral.value);
    case 'list':
      return neutral.value.map(fromNeutral);
    case 'map':
      return Object.fromEntries(neutral.value.map(([key, value]) => [key, fromNeutral(value)]));
  }
}

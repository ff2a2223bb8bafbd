/**
 * The part of JSON Schema that describes values between languages. Bytes are strings with `contentEncoding: base64`,
 * dates are strings with `format: date-time`, as they would be in plain JSON; an integer is a number, too.
 */
export interface ValueSchema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly contentEncoding?: 'base64';
  readonly format?: 'date-time';
  readonly properties?: { readonly [key: string]: ValueSchema };
  readonly required?: readonly string[];
  /** What other members have to be; `false` for none. */
  readonly additionalProperties?: boolean | ValueSchema;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** In bytes for bytes, in characters (code points) for strings. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly (null | boolean | number | string)[];
  readonly anyOf?: readonly ValueSchema[];
}

export type SchemaType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** Every keyword there is. */
export const keywords: readonly (keyof ValueSchema)[] = [
  ...([
    'type',
    'contentEncoding',
    'format',
    'properties',
    'required',
    'additionalProperties',
    'items',
  ] as const),
  ...(['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'enum', 'anyOf'] as const),
];

import * as v from 'valibot';
import type { SchemaType, ValueSchema } from './schema.ts';

const count = v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
const type = v.picklist([
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
] satisfies SchemaType[]);

/** Keywords that are not known stay: whoever validates with the schema tells of them. */
const valueSchema: v.GenericSchema = v.looseObject({
  type: v.optional(v.union([type, v.array(type)])),
  contentEncoding: v.optional(v.literal('base64')),
  format: v.optional(v.literal('date-time')),
  properties: v.optional(
    v.record(
      v.string(),
      v.lazy(() => valueSchema),
    ),
  ),
  required: v.optional(v.array(v.string())),
  additionalProperties: v.optional(v.union([v.boolean(), v.lazy(() => valueSchema)])),
  items: v.optional(v.lazy(() => valueSchema)),
  minItems: count,
  maxItems: count,
  minLength: count,
  maxLength: count,
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  enum: v.optional(v.array(v.union([v.null(), v.boolean(), v.number(), v.string()]))),
  anyOf: v.optional(v.array(v.lazy(() => valueSchema))),
});

/** The schema that somebody sent; else where it is none and why: `items.type: Invalid type…`. */
export function decodeSchema(
  input: unknown,
): { readonly schema: ValueSchema } | { readonly problem: string } {
  const decoded = v.safeParse(valueSchema, input, { abortEarly: true });
  if (decoded.success) return { schema: decoded.output as ValueSchema };
  const [issue] = decoded.issues;
  const path = v.getDotPath(issue);
  return { problem: path === null ? issue.message : `${path}: ${issue.message}` };
}

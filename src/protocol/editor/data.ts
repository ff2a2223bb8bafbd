import * as v from 'valibot';

const forTenant = { tenant: v.optional(v.string()) };

export const generateSchemaSchema = v.object({ value: v.unknown() });
/** A value, as tagged JSON, to make a schema of. */
export type GenerateSchemaParams = v.InferOutput<typeof generateSchemaSchema>;

export const validateDataSchema = v.object({ value: v.unknown(), schema: v.unknown() });
/** A value, as tagged JSON, and the schema it should fit. */
export type ValidateDataParams = v.InferOutput<typeof validateDataSchema>;

export const validationSchema = v.object({
  valid: v.boolean(),
  problems: v.array(v.object({ path: v.string(), message: v.string() })),
});
/** What of a value does not fit its schema. */
export type Validation = v.InferOutput<typeof validationSchema>;

export const keepValueSchema = v.object({
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
  value: v.unknown(),
  /** Milliseconds. */
  ttlMs: v.pipe(v.number(), v.finite(), v.minValue(1)),
  ...forTenant,
});
/** A value, as tagged JSON, that front-ends keep for a time. */
export type KeepValueParams = v.InferOutput<typeof keepValueSchema>;

export const findValueSchema = v.object({ key: v.string(), ...forTenant });
export type FindValueParams = v.InferOutput<typeof findValueSchema>;

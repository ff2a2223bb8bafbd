import * as v from 'valibot';
import { json } from '../json.ts';
import { name } from '../words.ts';

/** Longest time a value is kept, in milliseconds: a day. */
const MAX_TTL_MS = 86_400_000;

/** Requests about values themselves. */
export const dataRequests = {
  'data/generateSchema': v.strictObject({ value: json }),
  'data/validate': v.strictObject({ value: json, schema: json }),
  'data/cache/set': v.strictObject({
    key: name,
    value: json,
    ttlMs: v.pipe(
      v.number(),
      v.finite(),
      v.minValue(1),
      v.transform(value => Math.min(value, MAX_TTL_MS)),
    ),
  }),
  'data/cache/get': v.strictObject({ key: name }),
} as const;

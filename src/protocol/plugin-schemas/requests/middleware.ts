import * as v from 'valibot';
import { json } from '../json.ts';
import { during, name, priority } from '../words.ts';

/** Requests about chains of middleware. */
export const middlewareRequests = {
  'middleware/register': v.strictObject({ chain: name, priority }),
  'middleware/unregister': v.strictObject({ chain: name }),
  'middleware/run': v.strictObject({ chain: name, value: json, during }),
  'middleware/next': v.strictObject({ run: name, value: json }),
} as const;

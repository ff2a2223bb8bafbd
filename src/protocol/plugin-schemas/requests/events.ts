import * as v from 'valibot';
import { json } from '../json.ts';
import { name } from '../words.ts';

/** Requests about events. */
export const eventRequests = {
  'events/subscribe': v.strictObject({ name }),
  'events/unsubscribe': v.strictObject({ name }),
  'events/emit': v.strictObject({ name, data: json }),
} as const;

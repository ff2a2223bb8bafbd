import * as v from 'valibot';
import { json } from '../json.ts';
import { during, name, priority } from '../words.ts';

/** Requests about hooks. */
export const hookRequests = {
  'hooks/register': v.strictObject({ hook: name, priority }),
  'hooks/unregister': v.strictObject({ hook: name }),
  'hooks/run': v.strictObject({
    hook: name,
    value: json,
    mode: v.optional(v.picklist(['waterfall', 'collect'])),
    during,
  }),
} as const;

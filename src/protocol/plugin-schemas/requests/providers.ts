import * as v from 'valibot';
import { json } from '../json.ts';
import { during, name, timeout, typed } from '../words.ts';

/** Requests about providers. */
export const providerRequests = {
  'providers/register': v.strictObject({ kind: name, id: name, info: v.optional(json) }),
  'providers/unregister': v.strictObject({ kind: name, id: name }),
  'providers/list': v.strictObject({ kind: name }),
  'providers/call': v.strictObject({
    kind: name,
    id: v.optional(name),
    method: name,
    args: json,
    timeout,
    typed,
    during,
  }),
} as const;

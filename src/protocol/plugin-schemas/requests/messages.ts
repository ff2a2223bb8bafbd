import * as v from 'valibot';
import { json } from '../json.ts';
import { during, name, nothing, timeout, typed } from '../words.ts';

/** Most plugins one broadcast may name. */
const MAX_RECIPIENTS = 1000;

/** Requests about messages between plugins. */
export const messageRequests = {
  'messages/call': v.strictObject({
    plugin: name,
    method: name,
    args: json,
    timeout,
    id: v.optional(name),
    correlation: v.optional(name),
    typed,
    during,
  }),
  'messages/broadcast': v.strictObject({
    method: name,
    data: json,
    to: v.optional(v.pipe(v.array(name), v.maxLength(MAX_RECIPIENTS))),
    correlation: v.optional(name),
  }),
  'messages/listen': nothing,
  'messages/unlisten': nothing,
} as const;

import * as v from 'valibot';
import { name, nothing } from '../words.ts';

/** Most plugins one segment is shared with. */
const MAX_SHARES = 256;

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const access = v.picklist(['read', 'write']);
const one = v.strictObject({ id: name });

/** Requests about shared memory. */
export const memoryRequests = {
  'memory/allocate': v.strictObject({ size, name: v.optional(name) }),
  'memory/open': one,
  'memory/share': v.strictObject({
    id: name,
    plugins: v.pipe(
      v.array(v.union([name, v.strictObject({ plugin: name, access })])),
      v.maxLength(MAX_SHARES),
    ),
    access,
  }),
  'memory/resize': v.strictObject({ id: name, size }),
  'memory/freeze': one,
  'memory/release': one,
  'memory/list': nothing,
} as const;

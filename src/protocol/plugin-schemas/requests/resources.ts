import * as v from 'valibot';
import { nothing, timeout } from '../words.ts';

/** Longest path, in UTF-16 code units: Linux takes 4095 bytes. */
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4095));
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const encoding = v.picklist(['utf8', 'base64']);
/** What fits a message once it is escaped is judged by the message's own limit. */
const text = v.string();
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** Requests about files, other machines, programs and the desktop. */
export const resourceRequests = {
  'files/read': v.strictObject({
    path,
    encoding,
    offset: v.optional(bytes),
    length: v.optional(bytes),
  }),
  'files/write': v.strictObject({ path, data: text, encoding, append: v.optional(v.boolean()) }),
  'files/list': v.strictObject({ path }),
  'files/stat': v.strictObject({ path }),
  'files/remove': v.strictObject({ path }),
  'files/makeFolder': v.strictObject({ path }),
  'net/fetch': v.strictObject({
    url: v.pipe(v.string(), v.minLength(1), v.maxLength(16_384)),
    method: v.optional(v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/, 'not a method'))),
    headers: v.optional(
      v.pipe(v.array(v.strictTuple([word, v.pipe(v.string(), v.maxLength(16_384))])), v.maxLength(100)),
    ),
    body: v.optional(text),
    redirect: v.optional(v.picklist(['follow', 'manual', 'error'])),
    timeout,
  }),
  'process/run': v.strictObject({
    command: word,
    args: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(65_536))), v.maxLength(1000))),
    cwd: v.optional(path),
    input: v.optional(text),
    timeout,
  }),
  'clipboard/read': nothing,
  'clipboard/write': v.strictObject({ text: v.pipe(v.string(), v.maxLength(1024 * 1024)) }),
  'notifications/show': v.strictObject({
    level: v.picklist(['info', 'warning', 'error']),
    message: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
    actions: v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(60))), v.maxLength(4))),
  }),
} as const;

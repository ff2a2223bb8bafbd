import * as v from 'valibot';

/** Longest key, command id or event name a plugin may use, in UTF-16 code units. */
const MAX_NAME = 512;

/** A name a plugin gives or asks for. */
export const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME));

/** Params that say nothing. */
export const nothing = v.strictObject({});

/** How long something may take, in milliseconds. Anything longer than a day is a day. */
export const timeout = v.optional(
  v.pipe(
    v.number(),
    v.finite(),
    v.minValue(1),
    v.transform(value => Math.min(value, 86_400_000)),
  ),
);

/** Which handler comes first: the lower number. */
export const priority = v.optional(v.pipe(v.number(), v.finite()));

/** The arguments and the result are tagged JSON. */
export const typed = v.optional(v.literal(true));

/** Names the call of the host that a plugin is answering. */
export const during = v.optional(name);

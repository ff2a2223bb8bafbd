import * as v from 'valibot';

/** How far the user trusts whoever made a plugin, the least first. */
export const trustLevelSchema = v.picklist(['untrusted', 'partner', 'internal']);
export type TrustLevel = v.InferOutput<typeof trustLevelSchema>;

/** The trust in a plugin, and what it means, for people. */
export const trustSchema = v.object({ level: trustLevelSchema, words: v.string() });
export type Trust = v.InferOutput<typeof trustSchema>;

/** How well a plugin is kept apart: 1 a process of its own, 2 what it may do is granted, 3 a container as well. */
export const isolationSchema = v.object({ level: v.picklist([1, 2, 3]), words: v.string() });
export type Isolation = v.InferOutput<typeof isolationSchema>;

/** Go hands a context to each call before everything else. */
export const shift = { go: 1 } as const;

/** Names, as a list. */
export const words = (text: string): readonly string[] => text.split(/\s+/u);

/** Any value JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Settings by their keys. */
export type Settings = Readonly<Record<string, Json>>;

/** No params, or an answer without a word. */
export type Nothing = Record<string, never>;

import * as v from 'valibot';
import type { Json } from '../plugin/index.ts';

/** A value that came over the wire: JSON by construction, so only its absence is checked. */
export const json = v.custom<Json>(value => value !== undefined, 'a JSON value is required');

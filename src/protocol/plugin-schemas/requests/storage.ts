import * as v from 'valibot';
import { json } from '../json.ts';
import { name, nothing } from '../words.ts';

/** Requests about the plugin's own keys and values, and its settings. */
export const storageRequests = {
  'storage/get': v.strictObject({ key: name }),
  'storage/set': v.strictObject({ key: name, value: json }),
  'storage/delete': v.strictObject({ key: name }),
  'storage/keys': nothing,
  'config/set': v.strictObject({ key: name, value: json }),
} as const;

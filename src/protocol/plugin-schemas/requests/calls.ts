import * as v from 'valibot';
import { json } from '../json.ts';
import { during, name } from '../words.ts';

/** Requests about commands. */
export const commandRequests = {
  'commands/register': v.strictObject({ id: name }),
  'commands/unregister': v.strictObject({ id: name }),
  'commands/execute': v.strictObject({ id: name, args: json, during }),
} as const;

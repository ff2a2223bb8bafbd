import * as v from 'valibot';
import type { Json, PluginToHostRequests } from '../protocol/plugin/index.ts';

/** Longest key, command id or event name a plugin may use, in UTF-16 code units. */
const MAX_NAME = 512;

/** A value that came over the wire: JSON by construction, so only its absence is checked. */
const json = v.custom<Json>(value => value !== undefined, 'a JSON value is required');
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME));
const nothing = v.strictObject({});

/** What a plugin may ask of the host: method → schema of its params. */
export const pluginRequests = {
  'storage/get': v.strictObject({ key: name }),
  'storage/set': v.strictObject({ key: name, value: json }),
  'storage/delete': v.strictObject({ key: name }),
  'storage/keys': nothing,
  'commands/register': v.strictObject({ id: name }),
  'commands/unregister': v.strictObject({ id: name }),
  'commands/execute': v.strictObject({ id: name, args: json }),
  'events/subscribe': v.strictObject({ name }),
  'events/unsubscribe': v.strictObject({ name }),
  'events/emit': v.strictObject({ name, data: json }),
  'config/set': v.strictObject({ key: name, value: json }),
} as const satisfies {
  readonly [M in keyof PluginToHostRequests]: v.GenericSchema<unknown, PluginToHostRequests[M][0]>;
};

/** A method a plugin may ask for. */
export type PluginRequest = keyof typeof pluginRequests;

/** The decoded params of a request. */
export type ParamsOf<M extends PluginRequest> = v.InferOutput<(typeof pluginRequests)[M]>;

/** True when the method is one a plugin may ask for. */
export function isPluginRequest(method: string): method is PluginRequest {
  return Object.hasOwn(pluginRequests, method);
}

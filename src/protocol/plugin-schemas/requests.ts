import type * as v from 'valibot';
import type { PluginToHostRequests } from '../plugin/index.ts';
import { commandRequests } from './requests/calls.ts';
import { dataRequests } from './requests/data.ts';
import { eventRequests } from './requests/events.ts';
import { hookRequests } from './requests/hooks.ts';
import { memoryRequests } from './requests/memory.ts';
import { messageRequests } from './requests/messages.ts';
import { middlewareRequests } from './requests/middleware.ts';
import { providerRequests } from './requests/providers.ts';
import { resourceRequests } from './requests/resources.ts';
import { storageRequests } from './requests/storage.ts';

/** What a plugin may ask of the host: method → schema of its params. */
export const pluginRequests = {
  ...storageRequests,
  ...commandRequests,
  ...eventRequests,
  ...messageRequests,
  ...hookRequests,
  ...middlewareRequests,
  ...providerRequests,
  ...memoryRequests,
  ...dataRequests,
  ...resourceRequests,
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

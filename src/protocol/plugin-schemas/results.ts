import * as v from 'valibot';
import type { HostToPluginRequests, PermissionDenial, PluginErrorData } from '../plugin/index.ts';
import { json } from './json.ts';

const done = v.object({});
const text = v.pipe(v.string(), v.maxLength(4096));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What a plugin process answers: method → schema of the result. Unknown fields are dropped. */
export const pluginResults = {
  initialize: v.object({
    protocolVersion: v.pipe(v.number(), v.safeInteger()),
    runtime: v.object({ name: text, version: text }),
    pid: v.pipe(v.number(), v.safeInteger()),
  }),
  load: done,
  activate: v.object({ hooks: v.array(v.picklist(['deactivate', 'getState', 'restoreState', 'configure'])) }),
  invoke: json,
  getState: json,
  configure: done,
  deactivate: done,
} as const satisfies {
  readonly [M in keyof HostToPluginRequests]: v.GenericSchema<unknown, HostToPluginRequests[M][1]>;
};

/** `data` of an error answer that stems from plugin code. */
export const pluginErrorData = v.object({
  name: text,
  stack: v.optional(v.string()),
  location: v.optional(v.object({ file: text, line: count, column: count })),
}) satisfies v.GenericSchema<unknown, PluginErrorData>;

/** `data` of a refusal that a plugin hands back to the host, as the host made it. */
export const permissionDenial = v.object({
  scope: text,
  action: text,
  resource: text,
  grant: text,
}) satisfies v.GenericSchema<unknown, PermissionDenial>;

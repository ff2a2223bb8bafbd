import * as v from 'valibot';
import type { HostToPluginRequests, PermissionDenial, PluginErrorData } from '../plugin/index.ts';
import { json } from './json.ts';

const done = v.object({});
/** Texts that a plugin process sends about itself are cut to so many UTF-16 code units. */
const text = (length: number) =>
  v.pipe(
    v.string(),
    v.transform(value => value.slice(0, length)),
  );
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What a plugin process answers: method → schema of the result. Unknown fields are dropped. */
export const pluginResults = {
  initialize: v.object({
    protocolVersion: v.pipe(v.number(), v.safeInteger()),
    runtime: v.object({ name: text(100), version: text(100) }),
    pid: v.pipe(v.number(), v.safeInteger()),
    formats: v.optional(v.pipe(v.array(text(100)), v.maxLength(16))),
    inspector: v.optional(v.pipe(v.string(), v.regex(/^ws:\/\/127\.0\.0\.1:\d{1,5}\/[\w-]{1,100}$/))),
  }),
  load: done,
  activate: v.object({ hooks: v.array(v.picklist(['deactivate', 'getState', 'restoreState', 'configure'])) }),
  invoke: json,
  'hooks/call': json,
  'middleware/handle': json,
  'providers/call': json,
  getState: json,
  configure: done,
  deactivate: done,
  ping: done,
} as const satisfies {
  readonly [M in keyof HostToPluginRequests]: v.GenericSchema<unknown, HostToPluginRequests[M][1]>;
};

/** `data` of an error answer that stems from plugin code. */
export const pluginErrorData = v.object({
  name: text(200),
  code: v.optional(text(200)),
  details: v.optional(json),
  stack: v.optional(text(16_384)),
  location: v.optional(v.object({ file: text(4096), line: count, column: count })),
  plugin: v.optional(text(200)),
}) satisfies v.GenericSchema<unknown, PluginErrorData>;

/** `data` of a refusal that a plugin let through to its caller. */
export const permissionDenial = v.object({
  scope: text(200),
  action: text(200),
  resource: text(4096),
  grant: text(4096),
}) satisfies v.GenericSchema<unknown, PermissionDenial>;

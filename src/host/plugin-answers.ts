import * as v from 'valibot';

/** Names and texts that a plugin process sends about itself are cut to this many UTF-16 code units. */
const text = (length: number) =>
  v.pipe(
    v.string(),
    v.transform(value => value.slice(0, length)),
  );

/** The plugin process's half of the handshake. */
export const initializeAnswer = v.object({
  protocolVersion: v.number(),
  runtime: v.object({ name: text(100), version: text(100) }),
});

/** What `activate` answers. */
export const activateAnswer = v.object({
  hooks: v.array(v.picklist(['deactivate', 'getState', 'restoreState', 'configure'])),
});

/** A log message of the plugin's own logger. */
export const logNotification = v.object({
  level: v.picklist(['debug', 'info', 'warn', 'error']),
  message: v.string(),
});

/** `data` of an error that stems from plugin code. */
export const pluginErrorData = v.object({
  name: text(200),
  stack: v.optional(text(16_384)),
  location: v.optional(v.object({ file: text(4096), line: v.number(), column: v.number() })),
});

import * as v from 'valibot';

/** A log message of the plugin's own logger. */
export const logNotification = v.strictObject({
  level: v.picklist(['debug', 'info', 'warn', 'error']),
  message: v.string(),
});

/** What an SDK saw the kernel refuse. */
export const observedNotification = v.strictObject({
  scope: v.picklist(['filesystem', 'network']),
  action: v.picklist(['read', 'write', 'connect']),
  resource: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
});

import * as v from 'valibot';

/** A log message of the plugin's own logger. */
export const logNotification = v.strictObject({
  level: v.picklist(['debug', 'info', 'warn', 'error']),
  message: v.string(),
});

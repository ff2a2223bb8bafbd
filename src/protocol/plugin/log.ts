export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A log message of the plugin's own logger. */
export interface LogNotification {
  readonly level: LogLevel;
  readonly message: string;
}

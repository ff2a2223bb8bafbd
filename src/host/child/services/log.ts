import { format } from 'node:util';
import type { LogLevel } from '../../../protocol/plugin/index.ts';
import type { Logger } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';

/** The plugin's logger. */
export function createLogger(link: HostLink): Logger {
  const at =
    (level: LogLevel) =>
    (message: unknown, ...more: unknown[]): void => {
      const plain = typeof message === 'string' && more.length === 0;
      link.log(level, plain ? message : format(message, ...more));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

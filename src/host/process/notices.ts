import * as v from 'valibot';
import { messageOf } from '../../base/index.ts';
import type { ObservedNotification } from '../../protocol/plugin/index.ts';
import { logNotification, observedNotification } from '../../protocol/plugin-schemas/index.ts';
import type { Output } from './output.ts';

/** Who hears what a plugin says without being asked. */
export interface NoticePorts {
  readonly output: Pick<Output, 'write'>;
  onObserved(seen: ObservedNotification): void;
}

/**
 * Takes a plugin's notifications; what is malformed or unknown is passed over. A mistake of ours in taking one must
 * not end the host with every plugin in it: it is told in the log of the plugin that brought it to light.
 */
export function createNotices({
  output,
  onObserved,
}: NoticePorts): (method: string, params: unknown) => void {
  function take(method: string, params: unknown): void {
    if (method === 'log') {
      const entry = v.safeParse(logNotification, params);
      if (entry.success) output.write('sdk', entry.output.level, entry.output.message);
    } else if (method === 'observed') {
      const seen = v.safeParse(observedNotification, params);
      if (seen.success) onObserved(seen.output);
    }
  }
  return (method, params) => {
    try {
      take(method, params);
    } catch (error) {
      output.write(
        'host',
        'error',
        `The host could not take a notification "${method}": ${messageOf(error)}`,
      );
    }
  };
}

import { ErrorCode } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Instance, InstanceEnd } from './port.ts';

/** The process was launched, and ended or went wrong before it could be used. It is gone by now. */
export class InstanceStartError extends Error {
  readonly end: InstanceEnd;

  constructor(cause: unknown, end: InstanceEnd) {
    super('The plugin process did not start.', { cause });
    this.name = 'InstanceStartError';
    this.end = end;
  }
}

/**
 * Ends an instance that failed while it came up, and gives what to throw: how the process ended when it ended by
 * itself, for that explains more than a closed connection, else the error as it is.
 */
export async function abandon(instance: Instance, error: unknown): Promise<unknown> {
  if (!isClosed(error)) instance.dispose();
  const end = await instance.ended;
  return isClosed(error) ? new InstanceStartError(error, end) : error;
}

/** True when the wire closed by itself: the process is about to end, and how it ends explains more. */
export function isClosed(error: unknown): boolean {
  return error instanceof WireError && error.code === ErrorCode.ConnectionClosed;
}

import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import type { ProcessExit } from './port.ts';

/** Remembers why a spawn failed, so that it is not thrown as an unhandled event; resolves to `undefined` when it did not. */
export function startError(child: ChildProcess): () => Promise<Error | undefined> {
  let failed: Error | undefined;
  const event = new Promise<void>(resolve => {
    child.once('error', error => {
      failed = error;
      resolve();
    });
  });
  child.on('error', () => {});
  return async () => {
    // Without a process id the error event is certain to come.
    if (child.pid === undefined) await event;
    return failed;
  };
}

/**
 * A stream of the same output that waits for its reader. Node throws away what nobody has read by the time the
 * process ends, and with it the reason why one ended at once.
 */
export function keepOutput(stream: Readable | null): Readable {
  const kept = new PassThrough();
  if (stream === null) kept.end();
  // A pipe that breaks is the end of the output, nothing more.
  else pipeline(stream, kept, () => {});
  return kept;
}

/** Reads out what nobody reads, so that the streams of an ended process close. */
export function settleStreams(...streams: readonly Readable[]): void {
  for (const stream of streams) {
    if (stream.readableFlowing === null) stream.resume();
  }
}

/**
 * Takes an exit code in the shell's form apart, where 128 + n stands for signal n. A program that itself exits with
 * such a code can't be told from one that was killed.
 */
export function decodeShellCode(code: number): ProcessExit {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}

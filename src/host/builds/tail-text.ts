import type { Readable } from 'node:stream';
import { createLineSplitter } from '../process/log-lines.ts';

/** Bytes kept of each stream of a build. */
const KEPT_BYTES = 4 * 1024 * 1024;

/** What a build writes: line by line while it runs, its last {@link KEPT_BYTES} afterwards. */
export interface TailText {
  /** Resolves when the stream has ended, in whichever way. */
  readonly finished: Promise<void>;
  read(): string;
}

/** Reads a stream to its end. */
export function keepTail(stream: Readable, onLine: (line: string) => void): TailText {
  const lines = createLineSplitter(onLine);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finished = new Promise<void>(resolve => {
    stream.on('data', (chunk: Buffer) => {
      lines.push(chunk);
      chunks.push(chunk);
      bytes += chunk.length;
      while (bytes - (chunks[0]?.length ?? 0) >= KEPT_BYTES) bytes -= chunks.shift()?.length ?? 0;
    });
    // A stream that fails has ended too; the exit of the tool tells how it went.
    stream.on('error', () => {});
    stream.on('close', () => {
      lines.end();
      resolve();
    });
  });
  return { finished, read: () => Buffer.concat(chunks).toString('utf8') };
}

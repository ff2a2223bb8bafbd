import type { Duplex } from 'node:stream';
import { textNestsDeeper } from './depth.ts';
import type { WireLimits } from './limits.ts';
import { createTokenBucket } from './token-bucket.ts';

/** Sends messages, each in one write. */
export interface Outbox {
  /** Why a message can't be sent, as a sentence; `undefined` when it can. */
  refusal(json: string): string | undefined;
  /** Sends a request or notification, as soon as the pace allows. */
  post(json: string): void;
  /** Sends an answer, which waits for nothing. */
  answer(json: string): void;
  /** UTF-16 code units, roughly bytes, that wait because the peer does not read or the pace is slower. */
  readonly backlog: number;
  /** Sends what waits for the pace, the newest {@link FLUSHED} at most, and drops the rest. For a last word. */
  flush(): void;
  /** Drops what waits. */
  dispose(): void;
}

/** Messages that may go out at once after a quiet time, as seconds of the pace. */
const BURST_SECONDS = 1.5;

/** Few enough not to exceed the burst that the other side allows. */
const FLUSHED = 1000;

/**
 * Makes the outbox of a connection.
 *
 * @param pace requests and notifications a second; more wait in order. A peer counts them and hangs up on too many,
 * so that a loop which logs or stores in a hurry must be slowed down on the way.
 */
export function createOutbox(socket: Duplex, limits: WireLimits, pace: number): Outbox {
  const bucket = createTokenBucket(pace, pace * BURST_SECONDS, () => performance.now());
  let queue: string[] = [];
  let next = 0;
  let queued = 0;
  let timer: NodeJS.Timeout | undefined;

  function write(json: string): void {
    socket.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  function drain(): void {
    timer = undefined;
    while (next < queue.length && bucket.take()) {
      const json = queue[next++] as string;
      queued -= json.length;
      write(json);
    }
    if (next < queue.length) timer = setTimeout(drain, Math.max(1, bucket.wait()));
    else {
      queue = [];
      next = 0;
    }
  }

  function drop(): void {
    clearTimeout(timer);
    timer = undefined;
    queue = [];
    next = 0;
    queued = 0;
  }

  const backlog = (): number => socket.writableLength + queued;

  return {
    get backlog() {
      return backlog();
    },
    refusal: json => {
      const { maxMessageBytes, maxDepth, maxUnreadBytes } = limits;
      // UTF-8 needs at most three bytes for a code unit, so that short texts need not be measured.
      if (json.length * 3 > maxMessageBytes) {
        const bytes = Buffer.byteLength(json);
        if (bytes > maxMessageBytes) return `It has ${bytes} bytes; ${maxMessageBytes} are allowed.`;
      }
      if (textNestsDeeper(json, maxDepth)) {
        return `It nests arrays and objects deeper than ${maxDepth} levels.`;
      }
      if (backlog() <= maxUnreadBytes) return undefined;
      return `More than ${maxUnreadBytes} bytes wait already for the other side to read them.`;
    },
    post: json => {
      if (queue.length === 0 && bucket.take()) return write(json);
      queue.push(json);
      queued += json.length;
      timer ??= setTimeout(drain, Math.max(1, bucket.wait()));
    },
    answer: write,
    flush: () => {
      const last = queue.slice(next).slice(-FLUSHED);
      drop();
      for (const json of last) write(json);
    },
    dispose: drop,
  };
}

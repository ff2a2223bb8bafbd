import { type FrameHeader, readFrameHeader } from './frame-header.ts';
import { malformed, type WireViolation } from './limits.ts';

/** Cuts a stream of bytes into the bodies of its messages. */
export interface FrameReader {
  /** Takes the next bytes of the stream; complete bodies go out before it returns, unless the reader is held. */
  push(chunk: Buffer): void;
  /** Keeps complete bodies back until `release`. */
  hold(): void;
  release(): void;
  readonly held: boolean;
  /** True while the stream stands within a message. */
  readonly partial: boolean;
}

/** Where a {@link FrameReader} delivers. */
export interface FrameReaderOptions {
  readonly maxMessageBytes: number;
  /** The body is a view of the reader's memory, valid until the callback returns. */
  onBody(body: Buffer): void;
  /** Called at most once; nothing is delivered afterwards. */
  onViolation(violation: WireViolation): void;
}

const nothing = Buffer.alloc(0);

/**
 * Makes a frame reader. A body within one chunk is delivered without a copy; a body over several chunks is gathered
 * in one buffer of its announced size, which is never more than the limit.
 */
export function createFrameReader(options: FrameReaderOptions): FrameReader {
  /** Bytes that were not looked at, or the beginning of a header. */
  let rest: Buffer = nothing;
  let gathering: Buffer | undefined;
  let gathered = 0;
  let held = false;
  let failed = false;
  let consuming = false;

  function fail(violation: WireViolation): void {
    failed = true;
    rest = nothing;
    gathering = undefined;
    options.onViolation(violation);
  }

  function consume(bytes: Buffer): void {
    consuming = true;
    try {
      rest = nothing;
      const at = deliver(bytes);
      if (!failed && at < bytes.length) rest = bytes.subarray(at);
    } finally {
      consuming = false;
    }
  }

  /** Delivers what is complete and returns how far it came. */
  function deliver(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && !held && !failed) {
      if (gathering) {
        const copied = bytes.copy(gathering, gathered, at);
        gathered += copied;
        at += copied;
        if (gathered < gathering.length) continue;
        const body = gathering;
        gathering = undefined;
        options.onBody(body);
        continue;
      }
      const header = readFrameHeader(bytes, at);
      if (header === undefined) break;
      if ('kind' in header) {
        fail(header);
        break;
      }
      const tooLong = checkSize(header, options.maxMessageBytes);
      if (tooLong) {
        fail(tooLong);
        break;
      }
      at = header.bodyStart;
      const end = at + header.bodyLength;
      if (end <= bytes.length) {
        at = end;
        options.onBody(bytes.subarray(header.bodyStart, end));
      } else {
        // Not from the shared pool: it may live long, and would keep the whole slab alive.
        gathering = Buffer.allocUnsafeSlow(header.bodyLength);
        gathered = 0;
      }
    }
    return at;
  }

  return {
    push: chunk => {
      if (failed) return;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (held) rest = bytes;
      else consume(bytes);
    },
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      // From within `onBody` the loop that called it goes on by itself.
      if (!consuming && rest.length > 0) consume(rest);
    },
    get held() {
      return held;
    },
    get partial() {
      return gathering !== undefined || rest.length > 0;
    },
  };
}

function checkSize(header: FrameHeader, limit: number): WireViolation | undefined {
  const used = header.bodyLength;
  if (used === 0) return malformed('A message is empty.');
  if (used <= limit) return undefined;
  return {
    kind: 'messageSize',
    message: `A message of ${used} bytes was announced; ${limit} are allowed.`,
    used,
    limit,
  };
}

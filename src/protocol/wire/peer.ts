import type { Duplex } from 'node:stream';
import { type Disposable, messageOf } from '../../base/index.ts';
import { ErrorCode } from '../plugin/index.ts';
import { encodeNotification, encodeRequest } from './encode.ts';
import { createFrameReader } from './frame-reader.ts';
import { createIncomingRequests } from './incoming-requests.ts';
import { defaultWireLimits, malformed, type WireLimits, type WireViolation } from './limits.ts';
import { decodeMessage, isId, type WireMessage } from './message.ts';
import { createOutbox } from './outbox.ts';
import { createPendingRequests } from './pending-requests.ts';
import { createTokenBucket } from './token-bucket.ts';
import { WireError } from './wire-error.ts';

/** What a peer is made of, and who hears of it. */
export interface WirePeerOptions {
  /** What the other side may send; {@link defaultWireLimits} where nothing is said. */
  readonly limits?: Partial<WireLimits>;
  /** Own requests and notifications a second; more wait, in order. Unlimited when absent. */
  readonly pace?: number;
  /** Answers a request: with what the promise resolves to, or the error it rejects with ({@link WireError} for code and data). */
  onRequest(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  onNotification(method: string, params: unknown): void;
  /** The peer broke the rules; the connection is closed afterwards. Called at most once. */
  onViolation(violation: WireViolation): void;
  /** The connection is gone, for whatever reason but `dispose`. Called at most once. */
  onClose(): void;
  /** The other side has read everything, after it had fallen behind. */
  onDrain?(): void;
}

/** One end of a connection. Disposing closes it at once. */
export interface WirePeer extends Disposable {
  /**
   * Asks the other side. When the signal aborts or the deadline passes, it is told to stop working on it.
   *
   * @throws WireError with the other side's error, or `Cancelled`, `DeadlineExceeded`, `ConnectionClosed`,
   * `LimitExceeded` (too large to send) or `InvalidParams` (no JSON).
   */
  request(
    method: string,
    params: unknown,
    options?: { readonly deadlineMs?: number; readonly signal?: AbortSignal },
  ): Promise<unknown>;
  /**
   * Tells the other side; false when it could not be sent: closed, too large, or the other side does not read.
   *
   * @throws TypeError when the params can't be written as JSON, which is a bug of the caller.
   */
  notify(method: string, params: unknown): boolean;
  /** Ends the connection after sending what waits; resolves when it has gone out. The other end sees it close. */
  end(): Promise<void>;
  /** Own requests without an answer yet. */
  readonly pending: number;
  /** Bytes, roughly, that the other side has not read. `onDrain` follows once there were many. */
  readonly backlog: number;
}

const CANCEL = '$/cancelRequest';

/** Speaks framed JSON-RPC over a stream. Whatever comes in, nothing is thrown at the caller. */
export function createWirePeer(socket: Duplex, options: WirePeerOptions): WirePeer {
  const limits: WireLimits = { ...defaultWireLimits, ...options.limits };
  const outbox = createOutbox(socket, limits, options.pace ?? Number.POSITIVE_INFINITY);
  const rate = limits.maxMessagesPerSecond;
  const bucket = createTokenBucket(rate, rate * 2, () => performance.now());
  const pending = createPendingRequests(cancel);
  const incoming = createIncomingRequests({
    limit: limits.maxConcurrentRequests,
    handle: options.onRequest,
    send: answer,
    onSettled: adjustReading,
  });
  const reader = createFrameReader({
    maxMessageBytes: limits.maxMessageBytes,
    onBody: receive,
    onViolation: violate,
  });
  let nextId = 1;
  let closed = false;

  function close(): void {
    if (closed) return;
    closed = true;
    socket.off('data', reader.push);
    socket.destroy();
    outbox.dispose();
    pending.close(new WireError(ErrorCode.ConnectionClosed, 'The other side has closed the connection.'));
    incoming.close();
  }

  function lose(): void {
    if (closed) return;
    close();
    options.onClose();
  }

  function violate(violation: WireViolation): void {
    if (closed) return;
    close();
    options.onViolation(violation);
    options.onClose();
  }

  function receive(body: Buffer): void {
    if (closed) return;
    const message = decodeMessage(body, limits);
    switch (message.kind) {
      case 'result':
        if (!pending.resolve(message.id, message.result)) countMessage();
        break;
      case 'error': {
        const { code, message: text, data } = message.error;
        if (!pending.reject(message.id, new WireError(code, text, data))) countMessage();
        break;
      }
      case 'request':
        if (!countMessage()) return;
        incoming.start(message.id, message.method, message.params, pending.size > 0);
        adjustReading();
        break;
      case 'notification':
        if (countMessage()) receiveNotification(message);
        break;
      default:
        violate(message);
    }
  }

  /** Counts what the other side sent of its own accord, answers to nothing included. */
  function countMessage(): boolean {
    if (bucket.take()) return true;
    const used = bucket.rate();
    const message = `Messages come faster than ${rate} a second (about ${used}).`;
    violate({ kind: 'messageRate', message, used, limit: rate });
    return false;
  }

  function receiveNotification({ method, params }: WireMessage & { kind: 'notification' }): void {
    if (method === CANCEL) {
      const id = (params as { readonly id?: unknown } | undefined)?.id;
      if (isId(id)) incoming.cancel(id);
      else violate(malformed(`${CANCEL} names no request.`));
      return;
    }
    try {
      options.onNotification(method, params);
    } catch (error) {
      // A bug of the receiver; it must surface, but not by tearing the reader out of its loop.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  function answer(json: string, instead: (reason: string) => string): void {
    if (closed) return;
    const { maxUnreadBytes } = limits;
    const used = outbox.backlog;
    if (used > maxUnreadBytes) {
      const message = `${used} bytes of answers wait unread; ${maxUnreadBytes} are allowed.`;
      violate({ kind: 'messageRate', message, used, limit: maxUnreadBytes });
      return;
    }
    const reason = outbox.refusal(json);
    outbox.answer(reason === undefined ? json : instead(reason));
  }

  /**
   * Stops reading while too much is being worked on or the other side does not read. With own requests pending the
   * answers must be able to come in, so only the backlog counts then. A side without a limit reads always: were both
   * to wait for the other to read first, neither ever would.
   */
  function adjustReading(): void {
    if (closed || limits.maxConcurrentRequests === Number.POSITIVE_INFINITY) return;
    const busy = incoming.size >= limits.maxConcurrentRequests && pending.size === 0;
    const hold = busy || socket.writableNeedDrain;
    if (hold === reader.held) return;
    if (hold) {
      reader.hold();
      socket.pause();
    } else {
      reader.release();
      if (!reader.held && !closed) socket.resume();
    }
  }

  function cancel(id: number): void {
    if (!closed) outbox.post(encodeNotification(CANCEL, { id }));
  }

  const request: WirePeer['request'] = (
    method,
    params,
    { deadlineMs = Number.POSITIVE_INFINITY, signal } = {},
  ) => {
    const cancelled = (): WireError => new WireError(ErrorCode.Cancelled, `"${method}" was cancelled.`);
    if (signal?.aborted) return Promise.reject(cancelled());
    if (closed) return Promise.reject(new WireError(ErrorCode.ConnectionClosed, 'The connection is closed.'));
    const id = nextId++;
    let json: string;
    try {
      json = encodeRequest(id, method, params);
    } catch (error) {
      const message = `"${method}" was not sent, its params are no JSON: ${messageOf(error)}`;
      return Promise.reject(new WireError(ErrorCode.InvalidParams, message));
    }
    const reason = outbox.refusal(json);
    if (reason !== undefined) {
      return Promise.reject(new WireError(ErrorCode.LimitExceeded, `"${method}" was not sent. ${reason}`));
    }
    const answered = pending.add(id, method, deadlineMs);
    outbox.post(json);
    adjustReading();
    if (!signal) return answered;
    const abort = (): void => {
      if (pending.reject(id, cancelled())) cancel(id);
    };
    signal.addEventListener('abort', abort, { once: true });
    return answered.finally(() => signal.removeEventListener('abort', abort));
  };

  const notify: WirePeer['notify'] = (method, params) => {
    if (closed) return false;
    const json = encodeNotification(method, params);
    if (outbox.refusal(json) !== undefined) return false;
    outbox.post(json);
    return true;
  };

  socket.on('data', reader.push);
  socket.on('drain', () => {
    adjustReading();
    if (!closed) options.onDrain?.();
  });
  socket.on('end', () => {
    if (reader.partial && !reader.held) violate(malformed('The connection ended within a message.'));
    else lose();
  });
  // A broken connection is a closed one; `close` follows.
  socket.on('error', lose);
  socket.on('close', lose);

  return {
    request,
    notify,
    end: () => {
      if (closed) return Promise.resolve();
      outbox.flush();
      return new Promise(resolve => socket.end(resolve));
    },
    get pending() {
      return pending.size;
    },
    get backlog() {
      return outbox.backlog;
    },
    dispose: close,
  };
}

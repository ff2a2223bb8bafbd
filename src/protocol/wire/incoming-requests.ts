import { messageOf } from '../../base/index.ts';
import { ErrorCode } from '../plugin/index.ts';
import { encodeError, encodeResult } from './encode.ts';
import type { MessageId } from './message.ts';
import { WireError } from './wire-error.ts';

/** Requests of the other side that are being worked on. */
export interface IncomingRequests {
  readonly size: number;
  /**
   * Has a request handled and answered.
   *
   * @param crowded reading can't be stopped at present; far beyond the limit requests are refused instead
   */
  start(id: MessageId, method: string, params: unknown, crowded: boolean): void;
  /** Tells the handler to stop; ids that are not being worked on are ignored. */
  cancel(id: MessageId): void;
  /** Tells all handlers to stop; their answers go nowhere. */
  close(): void;
}

/** What {@link createIncomingRequests} needs. */
export interface IncomingRequestsOptions {
  readonly limit: number;
  handle(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  /** Sends an answer, or what `instead` makes of the reason why it can't be sent. */
  send(json: string, instead: (reason: string) => string): void;
  onSettled(): void;
}

/** How often the limit is exceeded before requests are refused that could not be left unread. */
const REFUSE_FACTOR = 4;

/** Keeps the requests that are being worked on. */
export function createIncomingRequests(options: IncomingRequestsOptions): IncomingRequests {
  const running = new Map<MessageId, AbortController>();

  function sendError(id: MessageId, error: unknown): void {
    options.send(encodeError(id, error), reason => {
      const code = error instanceof WireError ? error.code : ErrorCode.InternalError;
      return encodeError(id, new WireError(code, `The error can't be sent. ${reason}`));
    });
  }

  function sendResult(id: MessageId, method: string, result: unknown): void {
    let json: string;
    try {
      json = encodeResult(id, result);
    } catch (error) {
      const message = `The result of "${method}" is no JSON: ${messageOf(error)}`;
      sendError(id, new WireError(ErrorCode.InternalError, message));
      return;
    }
    options.send(json, reason =>
      encodeError(
        id,
        new WireError(ErrorCode.LimitExceeded, `The result of "${method}" can't be sent. ${reason}`),
      ),
    );
  }

  return {
    get size() {
      return running.size;
    },
    start: (id, method, params, crowded) => {
      if (running.has(id)) {
        return sendError(
          id,
          new WireError(ErrorCode.InvalidRequest, `Request ${id} is still being worked on.`),
        );
      }
      if (crowded && running.size >= options.limit * REFUSE_FACTOR) {
        const message = `More than ${running.size} requests at the same time.`;
        return sendError(id, new WireError(ErrorCode.LimitExceeded, message));
      }
      const controller = new AbortController();
      running.set(id, controller);
      const settle = (): void => {
        if (running.get(id) === controller) running.delete(id);
        options.onSettled();
      };
      // In a promise of its own, so that a handler which throws at once is treated like one that rejects.
      new Promise(resolve => resolve(options.handle(method, params, controller.signal))).then(
        result => {
          sendResult(id, method, result);
          settle();
        },
        (error: unknown) => {
          sendError(id, error);
          settle();
        },
      );
    },
    cancel: id => running.get(id)?.abort(),
    close: () => {
      const left = [...running.values()];
      running.clear();
      for (const controller of left) controller.abort();
    },
  };
}

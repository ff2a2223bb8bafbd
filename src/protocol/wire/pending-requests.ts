import { ErrorCode } from '../plugin/index.ts';
import { WireError } from './wire-error.ts';

/** An own request without an answer. */
interface PendingRequest {
  readonly method: string;
  readonly deadlineMs: number;
  /** `performance.now()` at which it is given up; `Infinity` for never. */
  readonly due: number;
  resolve(result: unknown): void;
  reject(error: WireError): void;
}

/** Own requests that wait for their answers. */
export interface PendingRequests {
  readonly size: number;
  /** Adds a request; `id` must be new. */
  add(id: number, method: string, deadlineMs: number): Promise<unknown>;
  /** Settle a request; false when there is none with that id, or no longer. */
  resolve(id: unknown, result: unknown): boolean;
  reject(id: unknown, error: WireError): boolean;
  /** Rejects all that are left and stops the clock. */
  close(error: WireError): void;
}

/**
 * Keeps the requests and their deadlines. One timer serves them all: it is set for the earliest deadline, and left
 * alone by the later ones that nearly all requests bring.
 *
 * @param onOverdue called after a request was rejected because its deadline passed
 */
export function createPendingRequests(onOverdue: (id: number) => void): PendingRequests {
  const pending = new Map<unknown, PendingRequest>();
  let timer: NodeJS.Timeout | undefined;
  let timerDue = Number.POSITIVE_INFINITY;

  function watch(due: number): void {
    if (due >= timerDue) return;
    clearTimeout(timer);
    timerDue = due;
    timer = setTimeout(sweep, Math.min(2 ** 31 - 1, Math.max(1, due - performance.now())));
  }

  function sweep(): void {
    timerDue = Number.POSITIVE_INFINITY;
    const now = performance.now();
    let earliest = Number.POSITIVE_INFINITY;
    for (const [id, request] of pending) {
      if (request.due > now) {
        earliest = Math.min(earliest, request.due);
        continue;
      }
      pending.delete(id);
      const message = `"${request.method}" was not answered within ${request.deadlineMs} ms.`;
      request.reject(new WireError(ErrorCode.DeadlineExceeded, message));
      onOverdue(id as number);
    }
    if (earliest < Number.POSITIVE_INFINITY) watch(earliest);
  }

  function take(id: unknown): PendingRequest | undefined {
    const request = pending.get(id);
    if (request) pending.delete(id);
    return request;
  }

  return {
    get size() {
      return pending.size;
    },
    add: (id, method, deadlineMs) => {
      return new Promise((resolve, reject) => {
        const due = deadlineMs === Number.POSITIVE_INFINITY ? deadlineMs : performance.now() + deadlineMs;
        pending.set(id, { method, deadlineMs, due, resolve, reject });
        watch(due);
      });
    },
    resolve: (id, result) => {
      const request = take(id);
      request?.resolve(result);
      return request !== undefined;
    },
    reject: (id, error) => {
      const request = take(id);
      request?.reject(error);
      return request !== undefined;
    },
    close: error => {
      clearTimeout(timer);
      const left = [...pending.values()];
      pending.clear();
      for (const request of left) request.reject(error);
    },
  };
}

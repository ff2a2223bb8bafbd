import { ErrorCode } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

/** How many calls may wait while a reload switches over; more are refused rather than piled up. */
const MAX_HELD = 10_000;

/**
 * Decides which instance of a plugin answers a call. While *held*, callers wait in order; each waiting caller is
 * answered exactly once: by the target the routes are resumed with, or by the error they are closed with.
 */
export interface Routes<T> {
  /** The target that answers now; `undefined` before the first `resume` and after `close`. */
  readonly current: T | undefined;
  /**
   * Runs `work` with the current target, at once or when the routes are resumed. Work that has begun stays with its
   * target and is counted as in flight there until it settles.
   *
   * @throws WireError `Cancelled` or `DeadlineExceeded` when either comes while waiting, `LimitExceeded` when too many
   * wait.
   */
  use<R>(work: (target: T) => Promise<R>, patience?: Patience): Promise<R>;
  /** True while callers wait. */
  readonly held: boolean;
  /**
   * Like `use` for what needs no answer: keeps its place among the calls. It is dropped, and `drop` called, when the
   * routes are closed or too many wait.
   */
  post(work: (target: T) => void, drop?: () => void): void;
  /** From now on callers wait. */
  hold(): void;
  /** Sends waiting and new callers to `target`, in the order they came. */
  resume(target: T): void;
  /** Refuses waiting and new callers with `error`. */
  close(error: Error): void;
  inFlight(target: T): number;
  /** Resolves true once nothing is in flight at `target`, false when `timeoutMs` is over before. */
  idle(target: T, timeoutMs: number): Promise<boolean>;
}

/** How long a caller waits while the routes are held; forever where nothing is said. */
export interface Patience {
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting<T> {
  start(target: T): void;
  refuse(error: Error): void;
}

/** Makes routes that hold their callers until `resume` or `close` is called. */
export function createRoutes<T extends object>(): Routes<T> {
  let current: T | undefined;
  let held = true;
  let closed: Error | undefined;
  let waiting: Waiting<T>[] = [];
  const counts = new Map<T, number>();
  const onIdle = new Map<T, Set<() => void>>();

  function settle(target: T): void {
    const left = (counts.get(target) ?? 1) - 1;
    if (left > 0) {
      counts.set(target, left);
      return;
    }
    counts.delete(target);
    const listeners = onIdle.get(target);
    onIdle.delete(target);
    for (const listener of listeners ?? []) listener();
  }

  async function run<R>(target: T, work: (target: T) => Promise<R>): Promise<R> {
    counts.set(target, (counts.get(target) ?? 0) + 1);
    try {
      return await work(target);
    } finally {
      settle(target);
    }
  }

  function enqueue<R>(work: (target: T) => Promise<R>, { deadlineMs, signal }: Patience): Promise<R> {
    if (waiting.length >= MAX_HELD) {
      const message = `More than ${MAX_HELD} calls wait for the reload to finish.`;
      return Promise.reject(new WireError(ErrorCode.LimitExceeded, message));
    }
    return new Promise<R>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const entry: Waiting<T> = {
        start: target => {
          leave();
          run(target, work).then(resolve, reject);
        },
        refuse: error => {
          leave();
          reject(error);
        },
      };
      const giveUp = (code: number, message: string): void => {
        waiting = waiting.filter(other => other !== entry);
        entry.refuse(new WireError(code, message));
      };
      const abort = (): void =>
        giveUp(ErrorCode.Cancelled, 'The call was cancelled while it waited for a reload.');
      const late = (): void =>
        giveUp(ErrorCode.DeadlineExceeded, `The call waited ${deadlineMs} ms for a reload.`);
      const timer = deadlineMs === undefined ? undefined : setTimeout(late, deadlineMs);
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(entry);
    });
  }

  return {
    get current() {
      return current;
    },
    use: (work, patience = {}) => {
      if (patience.signal?.aborted)
        return Promise.reject(new WireError(ErrorCode.Cancelled, 'The call was cancelled.'));
      if (closed) return Promise.reject(closed);
      if (held || current === undefined) return enqueue(work, patience);
      return run(current, work);
    },
    get held() {
      return held;
    },
    post: (work, drop = () => {}) => {
      if (closed) return drop();
      if (held || current === undefined) {
        if (waiting.length < MAX_HELD) waiting.push({ start: work, refuse: drop });
        else drop();
        return;
      }
      work(current);
    },
    hold: () => {
      held = true;
    },
    resume: target => {
      current = target;
      held = false;
      closed = undefined;
      const callers = waiting;
      waiting = [];
      for (const caller of callers) caller.start(target);
    },
    close: error => {
      current = undefined;
      closed = error;
      const callers = waiting;
      waiting = [];
      for (const caller of callers) caller.refuse(error);
    },
    inFlight: target => counts.get(target) ?? 0,
    idle: (target, timeoutMs) => {
      if (!counts.has(target)) return Promise.resolve(true);
      return new Promise(resolve => {
        const listeners = onIdle.get(target) ?? new Set();
        onIdle.set(target, listeners);
        const done = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          listeners.delete(done);
          resolve(false);
        }, timeoutMs);
        listeners.add(done);
      });
    },
  };
}

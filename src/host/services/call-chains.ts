import { randomUUID } from 'node:crypto';
import { ErrorCode } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Terms } from './terms.ts';

/** How long a call may take that says nothing of it, in milliseconds. */
export const CALL_DEADLINE_MS = 30_000;

/** Plugins that may wait for one another in a row. A plugin may be in it several times. */
export const MAX_CHAIN = 16;

/** The calls an instance is answering: what it asks of others meanwhile is asked on the terms of one of them. */
export interface OpenCalls {
  /** Keeps the terms of a call until it is closed; returns the token that names it. */
  open(terms: Terms): string;
  find(token: string): Terms | undefined;
  close(token: string): void;
}

/** Makes an empty list of calls. Tokens are numbers: they name calls of this instance and open nothing. */
export function createOpenCalls(): OpenCalls {
  const open = new Map<string, Terms>();
  let last = 0;
  return {
    open: terms => {
      const token = String(++last);
      open.set(token, terms);
      return token;
    },
    find: token => open.get(token),
    close: token => {
      open.delete(token);
    },
  };
}

/** What a request says about the call it leads to. */
export interface CallWishes {
  readonly during?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly id?: string | undefined;
  readonly correlation?: string | undefined;
}

/**
 * The terms on which a plugin may ask another: those of the call it is answering, shortened by what it wishes.
 *
 * @throws WireError `LimitExceeded` when too many plugins wait for one another
 */
export function termsFor(
  self: { readonly pluginId: string; readonly calls: OpenCalls },
  { during, timeout = CALL_DEADLINE_MS, id, correlation }: CallWishes,
  signal: AbortSignal,
): Terms {
  const within = during === undefined ? undefined : self.calls.find(during);
  const chain = [...(within?.chain ?? []), self.pluginId];
  if (chain.length > MAX_CHAIN) {
    const message = `More than ${MAX_CHAIN} calls wait for one another: ${chain.join(' → ')}.`;
    throw new WireError(ErrorCode.LimitExceeded, message);
  }
  const due = performance.now() + timeout;
  const above = within?.signal;
  return {
    due: within ? Math.min(due, within.due) : due,
    chain,
    caller: {
      plugin: self.pluginId,
      message: id ?? randomUUID(),
      ...(correlation === undefined ? {} : { correlation }),
    },
    signal: above ? AbortSignal.any([signal, above]) : signal,
  };
}

/** Whole milliseconds that are left; @throws WireError when none are. */
export function timeLeft({ due }: Pick<Terms, 'due'>, what: string): number {
  const left = Math.ceil(due - performance.now());
  if (left > 0) return left;
  throw new WireError(ErrorCode.DeadlineExceeded, `No time is left for ${what}.`);
}

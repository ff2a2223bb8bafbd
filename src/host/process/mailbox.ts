/** Most notifications that wait for a plugin that does not read, and their bytes, roughly. */
export const MAILBOX = { count: 10_000, bytes: 8 * 1024 * 1024 } as const;

/** From so many bytes on that the plugin has not read, notifications wait here instead of on the wire. */
const BUSY_BYTES = 256 * 1024;

/** The way out of a mailbox. */
export interface Outlet {
  /** Bytes on the wire that the plugin has not read. */
  readonly backlog: number;
  /** False when the message can't be sent at all. */
  notify(method: string, params: unknown): boolean;
}

/** What is dropped, and why. */
export interface MailboxPorts {
  /** The first of a row is dropped, which begins when something is dropped and ends when nothing waits any more. */
  onOverflow(limit: 'count' | 'bytes', used: number): void;
  /** The row is over; so many were dropped. */
  onEnd(dropped: number): void;
  /** The first of a row of messages could not be sent at all; a row ends with one that can. */
  onLost(method: string): void;
}

/** Notifications on their way to a plugin, bounded in number and bytes; the oldest give way. */
export interface Mailbox {
  /** @param size bytes, roughly */
  post(method: string, params: unknown, size: () => number): void;
  /** Sends what waits, as long as the plugin reads; to be called when it has read everything. */
  flush(): void;
}

interface Waiting {
  readonly method: string;
  readonly params: unknown;
  readonly size: number;
}

/** Makes the mailbox before a wire. */
export function createMailbox(outlet: Outlet, ports: MailboxPorts): Mailbox {
  let waiting: Waiting[] = [];
  let head = 0;
  let bytes = 0;
  let dropped = 0;

  let losing = false;

  function send(method: string, params: unknown): void {
    const sent = outlet.notify(method, params);
    if (!sent && !losing) ports.onLost(method);
    losing = !sent;
  }

  function shift(): Waiting {
    const first = waiting[head] as Waiting;
    waiting[head++] = undefined as never;
    bytes -= first.size;
    // The emptied front is cut off in large pieces, so that each message is moved once at most.
    if (head >= MAILBOX.count) {
      waiting = waiting.slice(head);
      head = 0;
    }
    return first;
  }

  const length = (): number => waiting.length - head;

  function makeRoom(): void {
    for (;;) {
      const limit = length() > MAILBOX.count ? 'count' : bytes > MAILBOX.bytes ? 'bytes' : undefined;
      if (limit === undefined) return;
      const used = limit === 'count' ? length() : bytes;
      shift();
      if (dropped++ === 0) ports.onOverflow(limit, used);
    }
  }

  return {
    post: (method, params, size) => {
      if (length() === 0 && outlet.backlog < BUSY_BYTES) {
        send(method, params);
        return;
      }
      const entry = { method, params, size: size() };
      waiting.push(entry);
      bytes += entry.size;
      makeRoom();
    },
    flush: () => {
      while (length() > 0 && outlet.backlog < BUSY_BYTES) {
        const { method, params } = shift();
        send(method, params);
      }
      if (length() > 0 || dropped === 0) return;
      ports.onEnd(dropped);
      dropped = 0;
    },
  };
}

import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';

/** What a client asks for when it opens a WebSocket, taken apart as far as a relay needs. */
export interface RequestHead {
  readonly path: string;
  /** The head with another path, and what came behind it, to be sent on. */
  forward(path: string): Buffer;
  /** A web page asks: browsers say where a page comes from. */
  readonly isFromPage: boolean;
}

/** Heads of debuggers have a few hundred bytes. */
const MAX_HEAD_BYTES = 8192;

const END = '\r\n\r\n';

/** Reads the head of an HTTP request and leaves the socket paused; `undefined` when it is none. */
export function readRequestHead(socket: Socket, deadlineMs: number): Promise<RequestHead | undefined> {
  return new Promise(resolve => {
    let bytes = Buffer.alloc(0);
    const finish = (head: RequestHead | undefined): void => {
      clearTimeout(timer);
      socket.off('data', take).off('close', close);
      socket.pause();
      resolve(head);
    };
    const close = (): void => finish(undefined);
    const timer = setTimeout(close, deadlineMs);
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf(END);
      if (end >= 0) finish(parseHead(bytes, end));
      else if (bytes.length > MAX_HEAD_BYTES) finish(undefined);
    };
    socket.on('data', take).once('close', close);
  });
}

function parseHead(bytes: Buffer, end: number): RequestHead | undefined {
  const [first = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  const path = /^GET (\/\S*) HTTP\/1\.1$/.exec(first)?.[1];
  if (path === undefined) return undefined;
  return {
    path,
    isFromPage: fields.some(field => /^origin:/i.test(field)),
    forward: other => {
      const head = [`GET ${other} HTTP/1.1`, ...fields].join('\r\n') + END;
      return Buffer.concat([Buffer.from(head, 'latin1'), bytes.subarray(end + END.length)]);
    },
  };
}

/** Compares without telling by its duration how much of a guess is right. */
export function isSamePath(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

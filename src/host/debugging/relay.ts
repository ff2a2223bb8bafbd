import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { Disposable } from '../../base/index.ts';
import { isSamePath, type RequestHead, readRequestHead } from './request-head.ts';

/** Where a debugger can be led to: the inspector of one process. */
export interface Inspector {
  /** Path of its WebSocket. */
  readonly path: string;
  connect(signal: AbortSignal): Promise<Socket>;
}

/**
 * A WebSocket address on this machine's loopback that stays the same while the process behind it changes. Who doesn't
 * know its path gets nowhere; a web page never does.
 */
export interface DebugRelay extends Disposable {
  /** `ws://127.0.0.1:<port>/<secret>`. */
  readonly url: string;
  /**
   * Leads debuggers here from now on, the waiting one too; one that was led elsewhere is disconnected, and finds here
   * when it comes again. Disposing leads back to the one before.
   */
  lead(inspector: Inspector): Disposable;
  /** True while a debugger is connected, or was when the process it was led to ended. */
  readonly isWanted: boolean;
  /** Resolves true when a debugger is connected to what is led to now; false when the signal aborts before. */
  connected(signal: AbortSignal): Promise<boolean>;
}

/** How long a client may take to say what it wants, in milliseconds. */
const HEAD_MS = 10_000;

/**
 * A connection that ends so shortly before its process was ended by that, in milliseconds: the system tells of the two in
 * any order.
 */
const LAST_MS = 3000;

/** Debuggers at a time; a debugger uses one. */
const MAX_CLIENTS = 8;

interface Client {
  readonly socket: Socket;
  readonly head: RequestHead;
  /** Where it is led to; `undefined` while it waits. */
  inspector: Inspector | undefined;
}

/** Opens a relay that leads nowhere yet; whoever comes waits. */
export async function openDebugRelay(): Promise<DebugRelay> {
  const path = `/${randomBytes(24).toString('base64url')}`;
  const inspectors: Inspector[] = [];
  const clients = new Set<Client>();
  const sockets = new Set<Socket>();
  const arrivals = new Set<() => void>();
  const closing = new AbortController();
  let connectedTo: Inspector | undefined;
  let lost: { readonly inspector: Inspector | undefined; readonly at: number } | undefined;
  let isWanted = false;

  async function receive(socket: Socket): Promise<void> {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    const head = await readRequestHead(socket, HEAD_MS);
    if (!head || head.isFromPage || !isSamePath(head.path, path) || clients.size >= MAX_CLIENTS) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const client: Client = { socket, head, inspector: undefined };
    clients.add(client);
    socket.once('close', () => {
      clients.delete(client);
      if (client.inspector === undefined || client.inspector !== connectedTo) return;
      lost = { inspector: connectedTo, at: performance.now() };
      connectedTo = undefined;
      isWanted = false;
    });
    await join(client);
  }

  /** Joins a client that waits to the inspector that is led to. */
  async function join(client: Client): Promise<void> {
    const inspector = inspectors.at(-1);
    if (client.inspector || !inspector || client.socket.destroyed) return;
    client.inspector = inspector;
    const { socket, head } = client;
    let far: Socket;
    try {
      far = await inspector.connect(closing.signal);
    } catch {
      // Its process is gone or on its way out: the debugger comes again.
      return void socket.destroy();
    }
    if (socket.destroyed) return void far.destroy();
    sockets.add(far);
    far
      .on('error', () => {})
      .once('close', () => {
        sockets.delete(far);
        socket.destroy();
      });
    socket.once('close', () => far.destroy());
    far.write(head.forward(inspector.path));
    socket.pipe(far).pipe(socket);
    if (inspector !== inspectors.at(-1)) return;
    isWanted = true;
    connectedTo = inspector;
    for (const arrive of [...arrivals]) arrive();
  }

  function change(): void {
    const inspector = inspectors.at(-1);
    for (const client of clients) {
      if (client.inspector && client.inspector !== inspector) client.socket.destroy();
      else void join(client);
    }
  }

  const server = createServer({ noDelay: true }, socket => void receive(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');

  return {
    url: `ws://127.0.0.1:${address.port}${path}`,
    get isWanted() {
      return isWanted;
    },
    lead: inspector => {
      inspectors.push(inspector);
      change();
      return {
        dispose: () => {
          const index = inspectors.indexOf(inspector);
          if (index < 0) return;
          inspectors.splice(index, 1);
          const isLast = lost?.inspector === inspector && performance.now() - lost.at < LAST_MS;
          if (connectedTo === inspector || isLast) isWanted = true;
          change();
        },
      };
    },
    connected: signal =>
      new Promise(resolve => {
        const finish = (found: boolean): void => {
          arrivals.delete(arrive);
          signal.removeEventListener('abort', abort);
          resolve(found);
        };
        const arrive = (): void => finish(true);
        const abort = (): void => finish(false);
        if (connectedTo !== undefined && connectedTo === inspectors.at(-1)) return resolve(true);
        if (signal.aborted) return resolve(false);
        arrivals.add(arrive);
        signal.addEventListener('abort', abort, { once: true });
      }),
    dispose: () => {
      closing.abort();
      server.close();
      inspectors.length = 0;
      for (const socket of sockets) socket.destroy();
    },
  };
}

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../base/index.ts';
import type { TrafficCount } from './counted.ts';
import { type Resolve, resolveBySystem } from './dial.ts';
import { type ForwardPorts, forwardRequest } from './forward.ts';
import type { NetworkGuard } from './guard.ts';
import { plainAnswer } from './plain-answer.ts';
import type { Target } from './target.ts';
import { openTunnel } from './tunnel.ts';

/** What a proxy is made from. */
export interface ProxyOptions {
  readonly guard: NetworkGuard;
  /** Most connections of the plugin at once; one more is refused. */
  readonly maxConnections: number;
  /** How names are resolved; by the system when absent. */
  readonly resolve?: Resolve;
}

/** The HTTP proxy of one plugin. Disposing closes every connection. */
export interface NetworkProxy extends Disposable {
  /** Takes the connections of a server that listens where only the plugin can reach it, and closes it in the end. */
  serve(server: Server): void;
  /** Connections of the plugin that are open. */
  readonly connections: number;
  readonly traffic: Readonly<TrafficCount>;
}

/** A connection that says nothing for so long is closed; in milliseconds. */
const IDLE_MS = 120_000;
/** How long a request's head may take. */
const HEAD_MS = 30_000;

/**
 * Makes a proxy. It takes requests for `http://…` (and `https://…`, which it then encrypts itself), and tunnels by
 * CONNECT. A tunnel is looked into: it carries TLS that names the host it was asked for, or plain HTTP, whose
 * requests are decided one by one like all others. Each request goes out on a connection of its own, put together
 * anew, so that nothing the plugin wrote can be understood as something else.
 */
export function createProxy({
  guard,
  maxConnections,
  resolve = resolveBySystem,
}: ProxyOptions): NetworkProxy {
  const traffic: TrafficCount = { sent: 0, received: 0 };
  const sockets = new Set<Socket>();
  const servers = new Set<Server>();
  const closing = new AbortController();
  const ports: ForwardPorts = { guard, resolve, traffic, signal: closing.signal };
  /** What the connections inside tunnels were opened for. */
  const tunnels = new WeakMap<Duplex, Target>();

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void forwardRequest(request, response, tunnels.get(request.socket), ports);
  };
  const outer = createHttpServer(limits, answer);
  const inner = createHttpServer(limits, answer);
  outer.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const hold = holdOpen(socket);
    if (head.length > 0) socket.unshift(head);
    void openTunnel(request, socket, ports, target => {
      hold.dispose();
      tunnels.set(socket, target);
      inner.emit('connection', socket);
      // It was paused to look at its first bytes.
      socket.resume();
    });
  });
  inner.on('connect', (_, socket: Duplex) =>
    socket.end(plainAnswer('400 Bad Request', 'A tunnel in a tunnel.')),
  );
  for (const server of [outer, inner]) {
    server.on('clientError', (_, socket: Duplex) => {
      if (socket.writable) socket.end(plainAnswer('400 Bad Request', 'It is not HTTP as it should be.'));
      else socket.destroy();
    });
  }

  function accept(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (closing.signal.aborted) return void socket.destroy();
    if (sockets.size >= maxConnections) {
      const message = `The plugin has ${maxConnections} connections open, as many as it may have.`;
      socket.resume();
      return void socket.end(plainAnswer('429 Too Many Requests', message));
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    outer.emit('connection', socket);
  }

  return {
    serve: server => {
      if (closing.signal.aborted) return void server.close();
      servers.add(server);
      server.on('connection', accept);
      // A listening socket whose namespace is gone says so once; there is nobody left to serve.
      server.on('error', () => {});
    },
    get connections() {
      return sockets.size;
    },
    traffic,
    dispose: () => {
      closing.abort();
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
      outer.close();
      inner.close();
    },
  };
}

const limits = {
  insecureHTTPParser: false,
  requireHostHeader: true,
  maxHeaderSize: 32 * 1024,
  headersTimeout: HEAD_MS,
  keepAliveTimeout: IDLE_MS,
  // A long upload is no attack; the idle timeout ends one that stands still.
  requestTimeout: 0,
} as const;

/** An error on a socket nobody listens to would end the host. */
function holdOpen(socket: Duplex): Disposable {
  const ignore = (): void => {};
  socket.on('error', ignore);
  return { dispose: () => socket.removeListener('error', ignore) };
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import {
  allows,
  createProxy,
  type NetworkProxy,
  NetworkRefusal,
  type NetworkRule,
  type NetworkWish,
  type ProxyOptions,
  type Target,
} from '../../../../src/sandbox/network/index.ts';

/** A proxy that listens on this machine, and a server that counts who came. */
export interface ProxyWorld {
  readonly proxy: NetworkProxy;
  readonly port: number;
  /** `protocol method host:port` of what was permitted, with `!` before what was refused. */
  readonly decisions: string[];
  /** A server for raw connections; what came over each is collected. */
  listen(onSocket: (socket: Socket) => void): Promise<Listener>;
  /** Sends text to the proxy and gives all that comes back until it closes. */
  say(text: string): Promise<string>;
  /** A connection to the proxy. */
  open(): Promise<Socket>;
  dispose(): Promise<void>;
}

/** A server of a test. */
export interface Listener {
  readonly port: number;
  readonly connections: () => number;
  /** All that anybody has sent. */
  readonly received: () => string;
}

export async function createProxyWorld(
  rules: readonly NetworkRule[] | (() => readonly NetworkRule[]),
  options: Partial<ProxyOptions> = {},
): Promise<ProxyWorld> {
  const decisions: string[] = [];
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const current = () => (typeof rules === 'function' ? rules() : rules);
  const name = ({ protocols, target, method }: NetworkWish) =>
    `${protocols[0]} ${method ?? 'tunnel'} ${target.host}:${target.port}`;
  const proxy = createProxy({
    maxConnections: 20,
    guard: {
      permit: wish => {
        const rule = current().find(one =>
          wish.protocols.some(protocol => allows(one, { ...wish, protocol })),
        );
        decisions.push(`${rule ? '' : '!'}${name(wish)}`);
        if (rule) return { rule };
        throw new NetworkRefusal('not granted');
      },
      refuse: wish => decisions.push(`!${name(wish)}`),
      ruleFor: (target: Target) =>
        current().find(rule =>
          ['http', 'https'].some(protocol =>
            allows({ ...rule, methods: undefined }, { protocol, target, method: undefined }),
          ),
        ),
    },
    ...options,
  });
  const start = async (server: Server): Promise<number> => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const entrance = createServer();
  proxy.serve(entrance);
  const port = await start(entrance);
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    await once(socket, 'connect');
    return socket;
  };
  return {
    proxy,
    port,
    decisions,
    open,
    say: async text => {
      const socket = await open();
      socket.write(text);
      return read(socket);
    },
    listen: async onSocket => {
      let connections = 0;
      let received = '';
      const server = createServer(socket => {
        connections++;
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('data', data => {
          received += data.toString('latin1');
        });
        onSocket(socket);
      });
      return { port: await start(server), connections: () => connections, received: () => received };
    },
    dispose: async () => {
      proxy.dispose();
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
    },
  };
}

/** Everything until the other side closes. */
export async function read(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', data => {
    text += data.toString('latin1');
  });
  socket.on('error', () => {});
  await closed(socket);
  return text;
}

/** Answers every request whose head is complete with the same short text, and keeps the connection. */
export function answer(text: string): (socket: Socket) => void {
  return socket => {
    socket.on('data', data => {
      if (data.includes('\r\n\r\n'))
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`);
    });
  };
}

/** Resolves when a socket is closed, in whatever way. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise(resolve => socket.once('close', resolve));
}

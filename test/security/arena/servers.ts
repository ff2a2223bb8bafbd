import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import path from 'node:path';

/** Servers of this machine that a plugin must not reach, and one that it may. */
export interface Servers {
  /** Of the one that answers with the secret; nobody may come. */
  readonly forbidden: number;
  /** Of the one that is granted, for GET. */
  readonly granted: number;
  readonly udp: number;
  /** A socket in a folder that is granted for writing. */
  readonly unix: string;
  /** A name in the abstract namespace, with its leading NUL. */
  readonly abstract: string;
  /** Who came that should not have, since the last time this was asked. */
  visits(): string[];
  close(): void;
}

/** Starts them. */
export async function openServers(unix: string, secret: string): Promise<Servers> {
  let visits: string[] = [];
  const visit = (what: string): void => {
    visits.push(what);
  };
  const forbidden = createWebServer((_, response) => response.end(secret));
  forbidden.on('connection', () => visit('the forbidden server got a connection'));
  const granted = createWebServer((request, response) => {
    if (request.method !== 'GET' || /smuggled/.test(`${request.url}`)) {
      visit(`the granted server was asked ${request.method} ${request.url}, host ${request.headers.host}`);
    }
    const { port } = forbidden.address() as AddressInfo;
    const away = /^\/away\/(\w+)/.exec(request.url ?? '')?.[1];
    if (away === undefined) response.end('hello');
    else response.writeHead(302, { location: `${elsewhere[away]}:${port}/` }).end();
  });
  granted.on('clientError', (_, socket) => {
    visit('the granted server got what is no HTTP');
    socket.destroy();
  });
  const udp = createSocket('udp4');
  udp.on('message', () => visit('the UDP server got a datagram'));
  const abstract = `\0security-test-${process.pid}-${path.basename(path.dirname(path.dirname(unix)))}`;
  const named = (what: string): Server =>
    createServer(socket => {
      visit(`the ${what} socket got a connection`);
      socket.end(secret);
    });
  const [pathname, hidden] = [named('Unix'), named('abstract')];
  await Promise.all([
    once(forbidden.listen(0), 'listening'),
    once(granted.listen(0, '127.0.0.1'), 'listening'),
    once(pathname.listen(unix), 'listening'),
    once(hidden.listen(abstract), 'listening'),
    once(udp.bind(0, '127.0.0.1'), 'listening'),
  ]);
  chmodSync(unix, 0o777);
  return {
    forbidden: (forbidden.address() as AddressInfo).port,
    granted: (granted.address() as AddressInfo).port,
    udp: udp.address().port,
    unix,
    abstract,
    visits: () => {
      const seen = visits;
      visits = [];
      return seen;
    },
    close: () => {
      for (const server of [forbidden, granted]) server.closeAllConnections();
      for (const server of [forbidden, granted, pathname, hidden, udp]) server.close();
    },
  };
}

/** Where the granted server sends those who ask for `/away/…`; the port of the forbidden one is added. */
const elsewhere: Readonly<Record<string, string>> = {
  loopback: 'http://127.0.0.1',
  localhost: 'http://localhost',
  ipv6: 'http://[::1]',
  decimal: 'http://2130706433',
};

import { networkInterfaces } from 'node:os';
import { type AttemptOfArea, inArea } from './attempt.ts';
import { hex } from './frames.ts';

const hello = hex('GET / HTTP/1.0\r\n\r\n');

/** Sockets of the machine and other machines, straight from the plugin. */
export const sockets = inArea('Sockets', [
  {
    title: 'connect to a server of this machine',
    hand: 'connect',
    args: ({ servers }) => ({ host: '127.0.0.1', port: servers.forbidden, send: hello }),
    control: true,
  },
  {
    title: 'connect to it by IPv6',
    hand: 'connect',
    args: ({ servers }) => ({ host: '::1', port: servers.forbidden, send: hello }),
  },
  {
    title: 'connect to it by the address of the machine',
    hand: 'connect',
    args: ({ servers }) => ({ host: ownAddress() ?? '127.0.0.1', port: servers.forbidden, send: hello }),
  },
  {
    title: 'connect to the server that is granted, past the proxy',
    hand: 'connect',
    args: ({ servers }) => ({ host: '127.0.0.1', port: servers.granted, send: hello }),
  },
  { title: 'connect to another machine', hand: 'connect', args: () => ({ host: '192.0.2.1', port: 80 }) },
  {
    title: 'connect to where clouds keep their keys',
    hand: 'connect',
    args: () => ({ host: '169.254.169.254', port: 80 }),
  },
  {
    title: 'send a datagram to this machine',
    hand: 'udp',
    args: ({ servers }) => ({ host: '127.0.0.1', port: servers.udp, text: 'x' }),
    // A datagram into an empty loopback interface is sent, and nobody gets it.
    harmless: true,
    control: true,
  },
  {
    title: 'send a datagram to another machine',
    hand: 'udp',
    args: () => ({ host: '192.0.2.1', port: 53, text: 'x' }),
  },
  { title: 'ask the DNS for a name', hand: 'resolve', args: () => ({ name: 'example.com' }) },
  {
    title: 'tunnel a word through the DNS',
    hand: 'resolve',
    args: () => ({ name: 'word.tunnel.example.com' }),
  },
  {
    title: 'connect to a Unix socket in a granted folder',
    hand: 'connect',
    args: ({ servers }) => ({ path: servers.unix }),
    control: true,
  },
  {
    title: 'connect to an abstract socket',
    hand: 'connect',
    args: ({ servers }) => ({ path: servers.abstract }),
    // Rust's library takes a path for a path.
    languages: ['node', 'python'],
    control: true,
  },
  {
    title: 'connect to an abstract socket, as Go spells it',
    hand: 'connect',
    args: ({ servers }) => ({ path: servers.abstract.replace('\0', '@') }),
    languages: ['go'],
  },
]);

/** What is asked of the host’s own fetch, besides what is granted. */
export const requests = inArea('Requests', [
  ...(
    [
      ['another port of a granted host', port => `http://127.0.0.1:${port}/`],
      ['a decimal address', port => `http://2130706433:${port}/`],
      ['a hexadecimal address', port => `http://0x7f000001:${port}/`],
      ['an octal address', port => `http://0177.0.0.1:${port}/`],
      ['a shortened address', port => `http://127.1:${port}/`],
      ['the address of nothing', port => `http://0.0.0.0:${port}/`],
      ['IPv6', port => `http://[::1]:${port}/`],
      ['IPv4 within IPv6', port => `http://[::ffff:127.0.0.1]:${port}/`],
      ['full-width digits', port => `http://\uff11\uff12\uff17.0.0.1:${port}/`],
      [
        'a name in front of the real host',
        (port, granted) => `http://127.0.0.1:${granted}@localhost:${port}/`,
      ],
      ['a backslash', (port, granted) => `http://localhost:${port}\\@127.0.0.1:${granted}/`],
      ['a fragment', (port, granted) => `http://localhost:${port}/#@127.0.0.1:${granted}/`],
    ] as const satisfies readonly (readonly [string, (port: number, granted: number) => string])[]
  ).map(
    ([what, url]): AttemptOfArea => ({
      title: `name a forbidden server by ${what}`,
      hand: 'fetch',
      args: ({ servers }) => ({ url: url(servers.forbidden, servers.granted) }),
    }),
  ),
  ...['loopback', 'localhost', 'ipv6', 'decimal'].map(
    (way): AttemptOfArea => ({
      title: `be redirected to a forbidden server (${way})`,
      hand: 'fetch',
      args: ({ servers }) => ({ url: `http://127.0.0.1:${servers.granted}/away/${way}` }),
    }),
  ),
  {
    title: 'use a granted name that leads to this machine',
    hand: 'fetch',
    args: ({ servers, deceitful }) => ({ url: `http://${deceitful}:${servers.forbidden}/` }),
    skip: ({ deceitful }) => (deceitful === undefined ? 'this machine has no such name' : undefined),
  },
  {
    title: 'fetch a file by its URL',
    hand: 'fetch',
    args: ({ place }) => ({ url: `file://${place.outside}/secret.txt` }),
  },
  { title: 'fetch data by its URL', hand: 'fetch', args: () => ({ url: 'data:text/plain,hello' }) },
]);

function ownAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

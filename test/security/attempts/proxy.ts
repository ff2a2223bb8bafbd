import type { Arena } from '../arena/index.ts';
import { type AttemptOfArea, inArea } from './attempt.ts';
import { hex } from './frames.ts';

/** What is sent to the proxy; `g` is the granted host with its port, `f` the forbidden one. */
type Payload = (g: string, f: string) => string | Buffer;

const payloads: Readonly<Record<string, Payload>> = {
  'CONNECT to another port': (_, f) => `CONNECT ${f} HTTP/1.1\r\nHost: ${f}\r\n\r\nGET / HTTP/1.0\r\n\r\n`,
  'CONNECT with the granted host as Host': (g, f) =>
    `CONNECT ${f} HTTP/1.1\r\nHost: ${g}\r\n\r\nGET / HTTP/1.0\r\n\r\n`,
  'CONNECT to localhost by name': (_, f) =>
    `CONNECT localhost:${f.split(':')[1]} HTTP/1.1\r\n\r\nGET / HTTP/1.0\r\n\r\n`,
  'CONNECT to an address in decimal': (_, f) =>
    `CONNECT 2130706433:${f.split(':')[1]} HTTP/1.1\r\n\r\nGET / HTTP/1.0\r\n\r\n`,
  'CONNECT with two targets': (g, f) => `CONNECT ${g} ${f} HTTP/1.1\r\n\r\n`,
  'absolute form of another port': (_, f) => `GET http://${f}/ HTTP/1.1\r\nHost: ${f}\r\n\r\n`,
  'absolute form with the granted host as Host': (g, f) => `GET http://${f}/ HTTP/1.1\r\nHost: ${g}\r\n\r\n`,
  'absolute form of the granted host, Host of another': (g, f) =>
    `POST http://${g}/ HTTP/1.1\r\nHost: ${f}\r\n\r\n`,
  'origin form with the forbidden Host': (_, f) => `GET / HTTP/1.1\r\nHost: ${f}\r\n\r\n`,
  'a method that is not granted': g => `DELETE http://${g}/ HTTP/1.1\r\nHost: ${g}\r\n\r\n`,
  'a second request behind the first': (g, f) =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\n\r\nGET http://${f}/ HTTP/1.1\r\nHost: ${f}\r\n\r\n`,
  'a request within a body (length and chunks)': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled(g)}`,
  'a request within a body (chunks and length)': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nTransfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n${smuggled(g)}`,
  'a request within a body (odd chunking)': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled(g)}`,
  'a request behind two lengths': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nContent-Length: 0\r\nContent-Length: 70\r\n\r\n${smuggled(g)}`,
  'a request in a header, by a bare line feed': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nX: y\n\n${smuggled(g)}\r\n\r\n`,
  'a request in a folded header': g =>
    `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nX: y\r\n ${smuggled(g)}\r\n\r\n`,
  'a tunnel that speaks plainly of another method': g =>
    `CONNECT ${g} HTTP/1.1\r\nHost: ${g}\r\n\r\nDELETE / HTTP/1.1\r\nHost: ${g}\r\n\r\n`,
  'a tunnel whose TLS names another server': g =>
    Buffer.concat([
      Buffer.from(`CONNECT ${g} HTTP/1.1\r\nHost: ${g}\r\n\r\n`),
      clientHello('forbidden.example'),
    ]),
  'a tunnel of anything': g => `CONNECT ${g} HTTP/1.1\r\nHost: ${g}\r\n\r\nSSH-2.0-intruder\r\n`,
  'an endless header': g => `GET http://${g}/ HTTP/1.1\r\nHost: ${g}\r\nX: ${'y'.repeat(1 << 20)}\r\n\r\n`,
};

/** The proxy of a plugin that has network grants: whatever is sent there, nobody else may be reached. */
export const proxy = inArea(
  'The proxy',
  Object.entries(payloads).map(
    ([title, payload]): AttemptOfArea => ({
      title,
      hand: 'connect',
      args: ({ servers }: Arena) => ({
        proxy: true,
        send: hex(payload(`127.0.0.1:${servers.granted}`, `127.0.0.1:${servers.forbidden}`)),
        wait: 400,
      }),
      // The proxy always answers; what counts is who was reached.
      harmless: true,
    }),
  ),
);

function smuggled(host: string): string {
  return `GET /smuggled HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
}

/** The beginning of a TLS 1.2 connection to a server of that name. */
function clientHello(name: string): Buffer {
  const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const sized = (...parts: readonly Buffer[]): Buffer => {
    const content = Buffer.concat(parts);
    return Buffer.concat([u16(content.length), content]);
  };
  const names = sized(sized(Buffer.from([0]), sized(Buffer.from(name))));
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    Buffer.from([0]),
    sized(u16(0xc02f)),
    Buffer.from([1, 0]),
    sized(u16(0), names),
  ]);
  const handshake = Buffer.concat([Buffer.from([1, 0]), sized(body)]);
  return Buffer.concat([Buffer.from([22, 3, 1]), sized(handshake)]);
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { AuditEntry } from '../../../src/host/broker/audit.ts';
import { createRates } from '../../../src/host/broker/rates.ts';
import { createRecorder } from '../../../src/host/broker/recorder.ts';
import { createFetch, createNetworkGuard } from '../../../src/host/services/network/index.ts';
import { type Capability, describeGrant } from '../../../src/manifest/index.ts';
import { ErrorCode, type FetchParams } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';

const servers: Server[] = [];
const signal = new AbortController().signal;
let capabilities: Capability[] = [];
let entries: AuditEntry[] = [];
let time = 0;

beforeEach(() => {
  entries = [];
  time = 1_000_000;
});
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    handle(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { at: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`, requests };
}

const host = (resource: string, restrictions: Capability['restrictions'] = {}): Capability => ({
  scope: 'network',
  action: 'connect',
  resource,
  restrictions,
  at: [resource],
});

function makeFetch(resolve?: () => Promise<string[]>) {
  const now = () => time;
  const recorder = createRecorder({
    audit: entry => entries.push(entry),
    describeGrant: need => describeGrant('aihub', need),
    now,
  });
  const guard = createNetworkGuard({
    capabilities: () => capabilities,
    recorder,
    rates: createRates(now),
    now,
  });
  const { send } = createFetch(guard, () => 3, resolve);
  return (params: FetchParams, abort = signal) => send(params, abort);
}

const fails = (work: Promise<unknown>, code: number, message = /./) =>
  assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof WireError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
const text = (body: string) => Buffer.from(body, 'base64').toString();

describe('a fetch for a plugin', () => {
  it('sends what it is given, and tells the whole answer', async () => {
    const server = await serve((request, response) => {
      response.writeHead(
        201,
        'Made',
        [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['X-Sent', String(request.headers['x-own'])],
        ].flat(),
      );
      request.pipe(response);
    });
    capabilities = [host(server.at)];
    const answer = await makeFetch()({
      url: `${server.url}/path?q=1#part`,
      method: 'post',
      headers: [['X-Own', 'yes']],
      body: Buffer.from('body').toString('base64'),
    });
    assert.deepEqual(
      [answer.status, answer.statusText, answer.url, text(answer.body)],
      [201, 'Made', `${server.url}/path?q=1`, 'body'],
    );
    const names = answer.headers.map(([name, value]) => `${name}: ${value}`);
    for (const line of ['Set-Cookie: a=1', 'Set-Cookie: b=2', 'X-Sent: yes'])
      assert.ok(names.includes(line), line);
    assert.deepEqual(
      entries.map(({ resource, allowed }) => [resource, allowed]),
      [[server.at, true]],
    );
  });

  it('is refused with the line to add, in the protocol it asked for', async () => {
    capabilities = [];
    const fetch = makeFetch();
    await fails(
      fetch({ url: 'https://api.example.com/' }),
      ErrorCode.PermissionDenied,
      /"domains": \["api\.example\.com"\], "protocols": \["https"\]/,
    );
    await fails(
      fetch({ url: 'http://api.example.com:8080/' }),
      ErrorCode.PermissionDenied,
      /"domains": \["api\.example\.com:8080"\], "protocols": \["http"\]/,
    );
    capabilities = [host('api.example.com', { protocols: ['https'] })];
    await fails(
      fetch({ url: 'http://api.example.com/' }),
      ErrorCode.PermissionDenied,
      /the protocol http is not among/,
    );
    capabilities = [host('api.example.com', { methods: ['GET'] })];
    await fails(
      fetch({ url: 'http://api.example.com/', method: 'DELETE' }),
      ErrorCode.PermissionDenied,
      /the method DELETE is not among/,
    );
    assert.ok(entries.every(entry => !entry.allowed && entry.grant !== undefined));
  });

  it('never reaches this machine by a name that somebody else gives away', async () => {
    const server = await serve((_, response) => response.end('secret'));
    const port = server.at.split(':')[1];
    capabilities = [host('*'), host(`rebound.example:${port}`)];
    for (const address of [
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
      '10.0.0.1',
      '169.254.169.254',
    ]) {
      const fetch = makeFetch(async () => [address]);
      await fails(
        fetch({ url: `http://rebound.example:${port}/` }),
        ErrorCode.PermissionDenied,
        /not on the internet/,
      );
    }
    assert.deepEqual(server.requests, []);
  });

  it('dials the address it has checked, whatever the name leads to later', async () => {
    const server = await serve((_, response) => response.end('secret'));
    const port = server.at.split(':')[1];
    capabilities = [host(`rebound.example:${port}`)];
    let asked = 0;
    const fetch = makeFetch(async () => [asked++ === 0 ? '192.0.2.1' : '127.0.0.1']);
    await fails(fetch({ url: `http://rebound.example:${port}/` }), ErrorCode.PermissionDenied);
    assert.equal(asked, 1);
    assert.deepEqual(server.requests, []);
  });

  it('follows redirects as far as they are granted, without telling one host what is meant for another', async () => {
    const second = await serve((_, response) => response.end('arrived'));
    const third = await serve((_, response) => response.end('secret'));
    const first = await serve((request, response) => {
      const to: Record<string, string> = {
        '/second': second.url,
        '/third': third.url,
        '/self': '/',
        '/loop': '/loop',
        '/odd': 'file:///etc/passwd',
      };
      const location = to[request.url ?? ''];
      if (location === undefined) response.end(`${request.method} here`);
      else response.writeHead(302, { location }).end();
    });
    capabilities = [host(first.at), host(second.at)];
    const fetch = makeFetch();
    const headers = [['Authorization', 'Bearer x']] as const;
    assert.equal(text((await fetch({ url: `${first.url}/second`, headers })).body), 'arrived');
    assert.deepEqual(second.requests, ['GET /']);
    assert.equal(
      text((await fetch({ url: `${first.url}/self`, method: 'POST', body: 'eA==', headers })).body),
      'GET here',
    );
    assert.equal(first.requests.at(-1), 'GET / Bearer x');
    await fails(fetch({ url: `${first.url}/third` }), ErrorCode.PermissionDenied);
    assert.deepEqual(third.requests, []);
    assert.equal((await fetch({ url: `${first.url}/third`, redirect: 'manual' })).status, 302);
    await fails(fetch({ url: `${first.url}/second`, redirect: 'error' }), ErrorCode.ConnectionClosed);
    await fails(fetch({ url: `${first.url}/loop` }), ErrorCode.ConnectionClosed, /more than 20/);
    await fails(fetch({ url: `${first.url}/odd` }), ErrorCode.InvalidParams);
  });

  it('unpacks what is packed, but not without end', async () => {
    const server = await serve((request, response) => {
      const bytes = request.url === '/bomb' ? Buffer.alloc(20 * 1024 * 1024) : Buffer.from('unpacked');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(bytes));
    });
    capabilities = [host(server.at)];
    const answer = await makeFetch()({ url: `${server.url}/` });
    assert.equal(text(answer.body), 'unpacked');
    assert.ok(!answer.headers.some(([name]) => name.toLowerCase() === 'content-encoding'));
    await fails(makeFetch()({ url: `${server.url}/bomb` }), ErrorCode.LimitExceeded);
  });

  it('keeps to the size and the rate of the manifest', async () => {
    const server = await serve((_, response) => response.end('0123456789'));
    capabilities = [host(server.at, { maxBytes: 9 })];
    await fails(makeFetch()({ url: server.url }), ErrorCode.LimitExceeded);
    capabilities = [host(server.at, { ratePerMinute: 2 })];
    const fetch = makeFetch();
    await fetch({ url: server.url });
    await fetch({ url: server.url });
    await fails(fetch({ url: server.url }), ErrorCode.LimitExceeded, /2 times a minute/);
    time += 60_001;
    await fetch({ url: server.url });
    capabilities = [host(server.at, { expiresAt: time })];
    await fails(fetch({ url: server.url }), ErrorCode.PermissionDenied);
  });

  it('takes no header that would change what was decided', async () => {
    const server = await serve((_, response) => response.end('x'));
    capabilities = [host(server.at)];
    const headers = [
      ['Host', 'other.example'],
      [':authority', 'other.example'],
      ['Content-Length', '0'],
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'upgrade'],
      ['Proxy-Authorization', 'x'],
      ['X-A', 'a\r\nHost: other.example'],
      ['X-A\r\nHost', 'x'],
    ] as const;
    for (const header of headers) {
      await fails(makeFetch()({ url: server.url, headers: [header] }), ErrorCode.InvalidParams);
    }
    for (const url of [
      `http://user@${server.at}/`,
      `http://a:b@${server.at}/`,
      'ftp://x/',
      'nonsense',
      'file:///etc/passwd',
    ])
      await fails(makeFetch()({ url }), ErrorCode.InvalidParams);
    assert.deepEqual(server.requests, []);
  });

  it('is one of as many as the plugin may have open', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/') response.end('x');
    });
    capabilities = [host(server.at)];
    const fetch = makeFetch();
    const abort = new AbortController();
    const held = [1, 2, 3].map(n =>
      fails(fetch({ url: `${server.url}/${n}` }, abort.signal), ErrorCode.Cancelled),
    );
    await fails(fetch({ url: server.url }), ErrorCode.LimitExceeded, /connections/);
    abort.abort();
    await Promise.all(held);
    assert.equal((await fetch({ url: server.url })).status, 200);
  });

  it('ends when it takes too long or is given up, and says when nobody is there', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/drop') response.destroy();
    });
    capabilities = [host(server.at), host('127.0.0.1:1'), host('none.example')];
    await fails(makeFetch()({ url: `${server.url}/silent`, timeout: 100 }), ErrorCode.DeadlineExceeded);
    const abort = new AbortController();
    const given = makeFetch()({ url: `${server.url}/silent` }, abort.signal);
    setImmediate(() => abort.abort());
    await fails(given, ErrorCode.Cancelled);
    await fails(makeFetch()({ url: `${server.url}/drop` }), ErrorCode.ConnectionClosed);
    await fails(makeFetch()({ url: 'http://127.0.0.1:1/' }), ErrorCode.ConnectionClosed);
    await fails(
      makeFetch(async () => Promise.reject(new Error('ENOTFOUND')))({ url: 'http://none.example/' }),
      ErrorCode.NotFound,
    );
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, test } from 'node:test';
import { type DebugRelay, type Inspector, openDebugRelay } from '../../../../src/host/debugging/relay.ts';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

async function relayOf(): Promise<DebugRelay> {
  const relay = await openDebugRelay();
  open.push(relay);
  return relay;
}

interface Fake extends Inspector {
  /** The next connection, with what it began with. */
  visit(): Promise<{ readonly socket: Socket; readonly head: string }>;
}

/** Answers nothing, and remembers who came. */
async function inspector(path: string): Promise<Fake> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  const { port } = server.address() as AddressInfo;
  open.push({
    dispose: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return {
    path,
    connect: async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    },
    visit: async () => {
      const [socket] = (await once(server, 'connection')) as [Socket];
      sockets.add(socket);
      const [head] = (await once(socket, 'data')) as [Buffer];
      return { socket, head: head.toString() };
    },
  };
}

async function client(relay: DebugRelay, { path = new URL(relay.url).pathname, fields = '' } = {}) {
  const socket = connect(Number(new URL(relay.url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\nmore`);
  return socket;
}

const forever = new AbortController().signal;

test('whoever knows the path is led to the inspector, with its own path and all that follows', async () => {
  const relay = await relayOf();
  const target = await inspector('/inside');
  relay.lead(target);
  const visited = target.visit();
  const socket = await client(relay);
  const { socket: far, head } = await visited;
  assert.equal(head, 'GET /inside HTTP/1.1\r\nHost: localhost\r\n\r\nmore');
  assert.equal(await relay.connected(forever), true);
  far.write('answer');
  assert.equal(String(await once(socket, 'data')), 'answer');
});

test('a wrong path, a page of a browser and what is no request get nowhere', async () => {
  const relay = await relayOf();
  const target = await inspector('/inside');
  let visits = 0;
  relay.lead({
    ...target,
    connect: async signal => {
      visits++;
      return target.connect(signal);
    },
  });
  for (const wrong of [
    { path: '/json/list' },
    { path: `${new URL(relay.url).pathname}x` },
    { fields: 'Origin: http://evil.example\r\n' },
    { path: 'no path' },
  ]) {
    assert.match(await text(await client(relay, wrong)), /^HTTP\/1\.1 403 /);
  }
  assert.equal(visits, 0);
});

test('a debugger that comes early waits, and a later process takes it over', async () => {
  const relay = await relayOf();
  const early = await client(relay);
  const [first, second] = [await inspector('/first'), await inspector('/second')];
  const visited = first.visit();
  relay.lead(first);
  assert.match((await visited).head, /^GET \/first /);
  assert.equal(await relay.connected(forever), true);
  assert.equal(relay.isWanted, true);

  const gone = once(early, 'close');
  const leading = relay.lead(second);
  await gone;
  const next = second.visit();
  await client(relay);
  assert.match((await next).head, /^GET \/second /);

  // The later process did not come to serve.
  const back = first.visit();
  leading.dispose();
  await client(relay);
  assert.match((await back).head, /^GET \/first /);
});

test('a debugger that left is not waited for, one whose process ended is', async () => {
  const relay = await relayOf();
  const target = await inspector('/inside');
  const leading = relay.lead(target);
  const visited = target.visit();
  const socket = await client(relay);
  const { socket: far } = await visited;
  await relay.connected(forever);
  const closed = once(far, 'close');
  far.resume();
  socket.destroy();
  await closed;
  assert.equal(relay.isWanted, false);
  leading.dispose();
  assert.equal(relay.isWanted, true, 'its process has ended right after');
});

test('giving up waiting for a debugger says so', async () => {
  const relay = await relayOf();
  relay.lead(await inspector('/inside'));
  const abort = new AbortController();
  const connected = relay.connected(abort.signal);
  abort.abort();
  assert.equal(await connected, false);
});

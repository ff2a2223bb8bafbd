import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { answer, closed, createProxyWorld, type ProxyWorld, read } from './proxy-world.ts';

/** Runs a test in a world of its own. */
async function within(
  make: () => Promise<ProxyWorld>,
  work: (world: ProxyWorld) => Promise<void>,
): Promise<void> {
  const world = await make();
  try {
    await work(world);
  } finally {
    await world.dispose();
  }
}

const anyPort = { host: '' };
/** A world in which 127.0.0.1 and localhost are granted at the port of a server that is made later. */
async function withServer(
  work: (world: ProxyWorld, server: Awaited<ReturnType<ProxyWorld['listen']>>) => Promise<void>,
  onSocket = answer('hello'),
  more: object = {},
): Promise<void> {
  let rules: { host: string }[] = [anyPort];
  await within(
    () => createProxyWorld(() => rules, more),
    async world => {
      const server = await world.listen(onSocket);
      rules = [{ host: `127.0.0.1:${server.port}` }, { host: `localhost:${server.port}` }];
      await work(world, server);
    },
  );
}

const close = 'Connection: close\r\n';

describe('a request through the proxy', () => {
  it('reaches what is granted', () =>
    withServer(async (world, { port, received }) => {
      const said = await world.say(
        `GET http://127.0.0.1:${port}/path?a=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Own: yes\r\n${close}\r\n`,
      );
      assert.match(said, /^HTTP\/1\.1 200 OK[\s\S]*hello$/);
      assert.match(received(), /^GET \/path\?a=1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nX-Own: yes\r\n/);
      assert.deepEqual(world.decisions, [`http GET 127.0.0.1:${port}`]);
      assert.ok(world.proxy.traffic.received >= 5);
    }));

  it('reaches nothing else, in whatever way it is written', () =>
    withServer(async (world, server) => {
      const { port } = await world.listen(answer('secret'));
      const others = [
        `127.0.0.1:${port}`,
        `localhost:${port}`,
        `2130706433:${port}`,
        `0x7f.1:${port}`,
        `0177.0.0.1:${port}`,
        `[::ffff:127.0.0.1]:${port}`,
        `127.0.0.1.:${port}`,
        `LOCALHOST:${port}`,
        `user@127.0.0.1:${port}`,
        `127.0.0.1:${server.port}@127.0.0.1:${port}`,
        `127.0.0.1:${server.port}\\@127.0.0.1:${port}`,
        `[::1%25lo]:${port}`,
      ];
      for (const host of others) {
        for (const text of [
          `GET http://${host}/ HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n`,
          `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
        ]) {
          const said = await world.say(text);
          assert.match(said, /^HTTP\/1\.1 4\d\d /, `${text} → ${said}`);
        }
      }
    }));

  it('names the same host twice, or is refused', () =>
    withServer(async (world, { port, connections }) => {
      const url = `http://127.0.0.1:${port}/`;
      for (const hosts of [
        `Host: other.example\r\n`,
        `Host: 127.0.0.1:${port}\r\nHost: other.example\r\n`,
        `Host: 127.0.0.1:${port}\r\nHost: 127.0.0.1:${port}\r\n`,
        '',
        `Host: 127.0.0.1:${port}, other.example\r\n`,
        `Host : 127.0.0.1:${port}\r\n`,
      ]) {
        const said = await world.say(`GET ${url} HTTP/1.1\r\n${hosts}${close}\r\n`);
        assert.match(said, /^HTTP\/1\.1 400 /, `${hosts} → ${said}`);
      }
      assert.equal(connections(), 0);
    }));

  it('can’t hide another request in its body', () =>
    withServer(async (world, { port, received, connections }) => {
      const start = `POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
      const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
      const refused = [
        `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
        `Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
        `Content-Length: 5\r\nContent-Length: 50\r\n\r\n${hidden}`,
        `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
        `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
        `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
        `Transfer-Encoding:\n chunked\r\n\r\n0\r\n\r\n${hidden}`,
        `X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
        `Content-Length: +5\r\n\r\n${hidden}`,
        `Content-Length: 0x5\r\n\r\n${hidden}`,
      ];
      for (const rest of refused) {
        const said = await world.say(start + rest);
        assert.match(said, /^HTTP\/1\.1 400 /, `${rest} → ${said}`);
      }
      assert.equal(connections(), 0);
      assert.doesNotMatch(received(), /hidden/);
    }));

  it('is decided anew on a connection that is kept, or written ahead', () =>
    withServer(async (world, { port }) => {
      const other = await world.listen(answer('secret'));
      const get = (to: number, more = '') =>
        `GET http://127.0.0.1:${to}/ HTTP/1.1\r\nHost: 127.0.0.1:${to}\r\n${more}\r\n`;
      const said = await world.say(get(port) + get(other.port) + get(port, close));
      assert.match(said, /^HTTP\/1\.1 200/);
      assert.match(said, /HTTP\/1\.1 403/);
      assert.doesNotMatch(said, /secret/);
      assert.equal(other.connections(), 0);
    }));

  it('carries its body on, framed anew', () =>
    withServer(async (world, { port, received }) => {
      const head = `POST http://localhost:${port}/ HTTP/1.1\r\nHost: localhost:${port}\r\n${close}`;
      await world.say(
        `${head}Transfer-Encoding: chunked\r\n\r\n4;ext=1\r\nbody\r\n0\r\nX-Trailer: 1\r\n\r\n`,
      );
      assert.match(received(), /\r\nTransfer-Encoding: chunked\r\n/);
      assert.match(received(), /\r\n\r\n4\r\nbody\r\n0\r\n\r\n$/);
    }));

  it('keeps to the methods and the protocol of the rule', () => {
    let host = '';
    return within(
      () => createProxyWorld(() => [{ host, methods: ['GET'], protocols: ['http'] }]),
      async world => {
        const { port, connections } = await world.listen(answer('hello'));
        host = `127.0.0.1:${port}`;
        const ask = (method: string) =>
          world.say(
            `${method} http://${host}/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n${close}\r\n`,
          );
        assert.match(await ask('DELETE'), /^HTTP\/1\.1 403/);
        assert.equal(connections(), 0);
        assert.match(await ask('GET'), /^HTTP\/1\.1 200/);
      },
    );
  });

  it('never reaches this machine by a name that somebody else gives away', () =>
    within(
      () =>
        createProxyWorld([{ host: '*' }], {
          resolve: async () => ['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254'],
        }),
      async world => {
        for (const text of [
          'GET http://rebound.example/ HTTP/1.1\r\nHost: rebound.example\r\n\r\n',
          'CONNECT rebound.example:443 HTTP/1.1\r\nHost: rebound.example:443\r\n\r\n',
        ]) {
          assert.match(await world.say(text), /^HTTP\/1\.1 403 [\s\S]*not on the internet/);
        }
        assert.equal(world.decisions.at(-1), '!https tunnel rebound.example:443');
      },
    ));

  it('is told when there is no such host, and when nobody answers', () =>
    withServer(
      async (world, server) => {
        await within(
          () =>
            createProxyWorld([{ host: 'none.example' }], {
              resolve: async () => {
                throw new Error('ENOTFOUND');
              },
            }),
          async other => {
            assert.match(
              await other.say('GET http://none.example/ HTTP/1.1\r\nHost: none.example\r\n\r\n'),
              /^HTTP\/1\.1 502 [\s\S]*no host/,
            );
          },
        );
        assert.match(
          await world.say(
            `GET http://127.0.0.1:${server.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`,
          ),
          /^HTTP\/1\.1 502/,
        );
      },
      socket => socket.destroy(),
    ));

  it('is one of as many as the plugin may have open', () =>
    withServer(
      async (world, { port, connections }) => {
        const held = await world.open();
        held.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
        await once(held, 'data');
        const said = await world.say(
          `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
        );
        assert.match(said, /^HTTP\/1\.1 429/);
        assert.equal(connections(), 1);
        assert.equal(world.proxy.connections, 1);
      },
      answer('hello'),
      { maxConnections: 1 },
    ));
});

/** Opens a tunnel to a target, and gives the socket once the proxy says it is open. */
async function tunnel(world: ProxyWorld, target: string) {
  const socket = await world.open();
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  assert.match(head.toString(), /^HTTP\/1\.1 200 /);
  return socket;
}

describe('a tunnel', () => {
  const psk = { psk: Buffer.from('a shared secret!'), identity: 'test' };
  const tlsOptions = { ciphers: 'PSK-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' as const };

  it('carries TLS to the host that it is for', () =>
    withServer(
      async (world, { port }) => {
        const socket = await tunnel(world, `localhost:${port}`);
        const secure = connectTls({
          ...tlsOptions,
          socket,
          servername: 'localhost',
          pskCallback: () => psk,
          checkServerIdentity: () => undefined,
        });
        await once(secure, 'secureConnect');
        secure.write('ping');
        const [data] = (await once(secure, 'data')) as [Buffer];
        assert.equal(data.toString(), 'pong to ping');
        assert.deepEqual(world.decisions, [`https tunnel localhost:${port}`]);
        secure.destroy();
      },
      socket => tls.emit('connection', socket),
    ));
  const tls = createTlsServer({ ...tlsOptions, pskCallback: () => psk.psk }, secure => {
    secure.on('error', () => {});
    secure.on('data', data => secure.write(`pong to ${data}`));
  });

  it('is cut before anything is connected when its TLS asks for another host, or for none', () =>
    withServer(async (world, { port, connections }) => {
      for (const servername of ['evil.example', '']) {
        const socket = await tunnel(world, `localhost:${port}`);
        const secure = connectTls({ socket, servername, rejectUnauthorized: false });
        secure.on('error', () => {});
        await closed(secure);
      }
      assert.equal(connections(), 0);
      assert.equal(world.decisions.filter(one => one.startsWith('!')).length, 2);
    }));

  it('is cut when it begins like TLS and is not', () =>
    withServer(async (world, { port, connections }) => {
      const starts = [
        Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0]),
        Buffer.from([22, 3, 1, 0xff, 0xff]),
        Buffer.from([22, 2, 0, 0, 1, 1]),
        Buffer.concat([Buffer.from([22, 3, 1, 0, 40, 1, 0, 0, 36]), Buffer.alloc(36, 0xff)]),
      ];
      for (const start of starts) {
        const socket = await tunnel(world, `localhost:${port}`);
        socket.write(start);
        await read(socket);
      }
      assert.equal(connections(), 0);
    }));

  it('with plain requests in it has each of them decided', () =>
    withServer(async (world, { port, received }) => {
      const socket = await tunnel(world, `127.0.0.1:${port}`);
      const said = read(socket);
      socket.write(`GET /one HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      socket.write(`GET /two HTTP/1.1\r\nHost: other.example\r\n\r\n`);
      socket.write(`GET /three HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${close}\r\n`);
      assert.match(await said, /^HTTP\/1\.1 200[\s\S]*HTTP\/1\.1 400/);
      assert.match(received(), /GET \/one/);
      assert.doesNotMatch(received(), /two/);
    }));

  it('with plain requests in it can’t be used where only https is granted', () => {
    let host = '';
    return within(
      () => createProxyWorld(() => [{ host, protocols: ['https'] }]),
      async world => {
        const { port, connections } = await world.listen(answer('hello'));
        host = `localhost:${port}`;
        const socket = await tunnel(world, host);
        const said = read(socket);
        socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n${close}\r\n`);
        assert.match(await said, /^HTTP\/1\.1 403/);
        assert.equal(connections(), 0);
      },
    );
  });

  it('is refused where the rule bounds methods, since nobody can see them', () => {
    let host = '';
    return within(
      () => createProxyWorld(() => [{ host, methods: ['GET'] }]),
      async world => {
        const { port, connections } = await world.listen(answer('hello'));
        host = `localhost:${port}`;
        const socket = await tunnel(world, host);
        const secure = connectTls({ socket, servername: 'localhost', rejectUnauthorized: false });
        secure.on('error', () => {});
        await closed(secure);
        assert.equal(connections(), 0);
      },
    );
  });

  it('ends when what allowed it is taken back', () => {
    let rules = [{ host: '' }];
    let came = (): void => {};
    const arrival = new Promise<void>(resolve => {
      came = resolve;
    });
    return within(
      () => createProxyWorld(() => rules),
      async world => {
        const { port } = await world.listen(socket => socket.once('data', () => came()));
        rules = [{ host: `localhost:${port}` }];
        const socket = await tunnel(world, `localhost:${port}`);
        connectTls({ socket, servername: 'localhost', rejectUnauthorized: false }).on('error', () => {});
        await arrival;
        rules = [];
        await closed(socket);
      },
    );
  });

  it('ends with the proxy', () =>
    withServer(
      async (world, { port }) => {
        const socket = await tunnel(world, `localhost:${port}`);
        connectTls({ socket, servername: 'localhost', rejectUnauthorized: false }).on('error', () => {});
        await arrived;
        world.proxy.dispose();
        await closed(socket);
        assert.equal(world.proxy.connections, 0);
      },
      socket => socket.once('data', () => arrive()),
    ));
  let arrive = (): void => {};
  const arrived = new Promise<void>(resolve => {
    arrive = resolve;
  });
});

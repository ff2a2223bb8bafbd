import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { FrontEndQuestion } from '../../../src/protocol/editor/index.ts';
import { limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

/** A web server on this machine that counts who came. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let shipped: Shipped;
let world: World;
let questions: FrontEndQuestion[];

before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());
beforeEach(async () => {
  questions = [];
  world = await createWorld(shipped, {
    approveAll: true,
    askFrontEnd: async question => {
      questions.push(question);
      const value =
        question.kind === 'clipboard/read' ? 'copied' : question.kind === 'clipboard/write' ? null : 'Yes';
      return { type: 'answered', value };
    },
  });
});
afterEach(() => world.dispose());

/** What an attempt gave: a value, or the parts of an error. */
type Found = Readonly<Record<string, unknown>>;

type Capability = {
  scope: string;
  permissions: string[];
  paths?: string[];
  hosts?: string[];
  restrictions?: object;
};

/** Starts a plugin whose command `do` runs what is given, with the context and the arguments. */
async function start(capabilities: readonly Capability[], body: string, watch = false): Promise<void> {
  const dir = await world.plugin('outside', {
    'plugin.json': {
      ...limitedManifest('outside', {}),
      capabilities: capabilities.map((capability, index) => ({ id: `capability-${index}`, ...capability })),
      coordination: { exposesMethods: ['do'], consumesMethods: [] },
    },
    'index.mjs': `
      import http from 'node:http';
      const attempt = async work => { try { return await work(); } catch (error) { return { name: error.name, code: error.code ?? error.cause?.code, grant: error.grant, message: error.message }; } };
      export function activate(context) {
        context.commands.register('do', async args => { ${body} });
      }
    `,
    'other.mjs': 'export const value = 1;',
    'data/given.txt': 'given',
    'logs/keep.log': 'kept',
  });
  await world.host.start({ dir, watch });
}

const run = (args: unknown = null) =>
  world.host.invoke({ pluginId: 'outside', method: 'do', args }) as Promise<never>;

describe('files', () => {
  it('are served by pattern, where the sandbox opens nothing', async () => {
    await start(
      [{ scope: 'filesystem', permissions: ['read', 'write'], paths: ['./logs/*.txt'] }],
      `
        await context.files.write('logs/a.txt', 'one');
        await context.files.append('logs/a.txt', ', two');
        return {
          text: await context.files.readText('logs/a.txt'),
          bytes: [...await context.files.read('logs/a.txt', { offset: 0, length: 3 })],
          names: (await context.files.list('logs')).map(entry => entry.name),
          type: (await context.files.stat('logs/a.txt')).type,
          exists: [await context.files.exists('logs/a.txt'), await context.files.exists('logs/b.txt')],
          refused: await attempt(() => context.files.readText('logs/keep.log')),
          direct: await attempt(async () => (await import('node:fs')).writeFileSync(context.pluginDir + '/logs/a.txt', 'x')),
        };
      `,
    );
    const found = (await run()) as Record<string, unknown>;
    assert.equal(found['text'], 'one, two');
    assert.deepEqual(found['bytes'], [...Buffer.from('one')]);
    assert.deepEqual(found['names'], ['a.txt']);
    assert.equal(found['type'], 'file');
    assert.deepEqual(found['exists'], [true, false]);
    const refused = found['refused'] as Record<string, string>;
    assert.equal(refused['name'], 'PermissionDeniedError');
    assert.match(refused['grant'] ?? '', /"paths": \["logs\/keep\.log"\]/);
    assert.equal((found['direct'] as Record<string, string>)['code'], 'EROFS');
    const text = await readFile(path.join(world.dir, 'outside', 'logs', 'a.txt'), 'utf8');
    assert.equal(text, 'one, two');
    await world.seen(event('audit', e => e.scope === 'filesystem' && !e.allowed));
  });
});

describe('a file that is written for a plugin', () => {
  it('is no reason to reload it', async () => {
    await start(
      [{ scope: 'filesystem', permissions: ['write'], paths: ['./logs/*.txt'] }],
      "await context.files.write('logs/' + args + '.txt', 'x'); return (await import('./other.mjs')).value;",
      true,
    );
    for (const name of ['one', 'two', 'three']) assert.equal(await run(name), 1);
    // A change that does count: the first reload has to be for it.
    await writeFile(path.join(world.dir, 'outside', 'other.mjs'), 'export const value = 2;');
    await world.seen(event('state', ({ status }) => status.generation > 1 && status.state === 'running'));
    assert.equal(await run('four'), 2);
    assert.equal(world.host.list()[0]?.generation, 2);
  });
});

describe('the network', () => {
  it('is reached by the SDK’s fetch where it is granted, and nowhere else', async () => {
    const granted = await serve((request, response) => {
      if (request.url === '/away')
        response.writeHead(302, { location: `http://127.0.0.1:${other.port}/` }).end();
      else response.setHeader('x-own', 'yes').end(`${request.method} ${request.headers['x-sent']}`);
    });
    const other = await serve((_, response) => response.end('secret'));
    try {
      await start(
        [{ scope: 'network', permissions: ['connect'], hosts: [`127.0.0.1:${granted.port}`] }],
        `
          const base = 'http://127.0.0.1:' + args.granted;
          const response = await context.net.fetch(base + '/', { method: 'POST', headers: { 'x-sent': 'hello' }, body: 'text' });
          return {
            isResponse: response instanceof Response,
            status: response.status, own: response.headers.get('x-own'), url: response.url, text: await response.text(),
            other: await attempt(() => context.net.fetch('http://127.0.0.1:' + args.other + '/')),
            decimal: await attempt(() => context.net.fetch('http://2130706433:' + args.other + '/')),
            redirected: await attempt(() => context.net.fetch(base + '/away')),
            host: await attempt(() => context.net.fetch(base + '/', { headers: { host: 'x' } })),
          };
        `,
      );
      const found = (await run({ granted: granted.port, other: other.port })) as Record<string, Found>;
      assert.equal(found['isResponse'], true);
      assert.deepEqual([found['status'], found['own'], found['text']], [200, 'yes', 'POST hello']);
      for (const name of ['other', 'decimal', 'redirected']) {
        assert.equal(found[name]?.['name'], 'PermissionDeniedError', JSON.stringify(found[name]));
      }
      assert.match(
        String(found['other']?.['grant']),
        new RegExp(`"hosts": \\["127\\.0\\.0\\.1:${other.port}"\\]`),
      );
      assert.deepEqual(other.requests, []);
      assert.deepEqual(granted.requests, ['POST /', 'GET /away']);
      assert.equal(found['host']?.['name'], 'PluginCallError');
    } finally {
      granted.close();
      other.close();
    }
  });

  it('is reached by ordinary libraries through the proxy, and nowhere else', async t => {
    if (Number(process.versions.node.split('.')[0]) < 24) return t.skip('Node.js honours a proxy from 24 on');
    const granted = await serve((_, response) => response.end('hello'));
    const other = await serve((_, response) => response.end('secret'));
    try {
      await start(
        [{ scope: 'network', permissions: ['connect'], hosts: [`127.0.0.1:${granted.port}`] }],
        `
          const get = url => new Promise((resolve, reject) => {
            http.get(url, response => { let text = ''; response.on('data', d => text += d); response.on('end', () => resolve({ status: response.statusCode, text })); }).on('error', reject);
          });
          const at = port => 'http://127.0.0.1:' + port + '/';
          return {
            fetched: await attempt(async () => (await fetch(at(args.granted))).text()),
            got: await attempt(() => get(at(args.granted))),
            otherFetched: await attempt(async () => (await fetch(at(args.other))).text()),
            otherGot: await attempt(() => get(at(args.other))),
            direct: await attempt(() => new Promise((resolve, reject) => { import('node:net').then(net => net.connect(args.other, '127.0.0.1').on('connect', () => resolve('connected')).on('error', reject)); })),
          };
        `,
      );
      const found = (await run({ granted: granted.port, other: other.port })) as Record<string, Found>;
      assert.equal(found['fetched'], 'hello');
      assert.deepEqual(found['got'], { status: 200, text: 'hello' });
      assert.doesNotMatch(JSON.stringify([found['otherFetched'], found['otherGot']]), /secret/);
      assert.equal(found['direct']?.['code'], 'ECONNREFUSED');
      assert.deepEqual(other.requests, []);
      assert.ok(granted.requests.length >= 2);
      await world.seen(event('audit', e => e.scope === 'network' && !e.allowed));
      await world.host.reload('outside');
      const again = (await run({ granted: granted.port, other: other.port })) as Record<string, Found>;
      assert.equal(again['fetched'], 'hello');
    } finally {
      granted.close();
      other.close();
    }
  });

  it('has no proxy where nothing is granted', async () => {
    await start(
      [],
      `return [process.env.HTTP_PROXY ?? null, await attempt(() => context.net.fetch('https://example.com/'))];`,
    );
    const [proxy, refused] = (await run()) as [unknown, Record<string, string>];
    assert.equal(proxy, null);
    assert.equal(refused['name'], 'PermissionDeniedError');
  });
});

describe('the desktop', () => {
  it('is asked where it is granted', async () => {
    await start(
      [{ scope: 'system', permissions: ['clipboard', 'notifications'] }],
      `
        await context.clipboard.writeText('mine');
        return [await context.clipboard.readText(), await context.notifications.show('Go on?', { level: 'warning', actions: ['Yes', 'No'] })];
      `,
    );
    assert.deepEqual(await run(), ['copied', 'Yes']);
    assert.deepEqual(questions, [
      { kind: 'clipboard/write', pluginId: 'outside', text: 'mine' },
      { kind: 'clipboard/read', pluginId: 'outside' },
      {
        kind: 'notifications/show',
        pluginId: 'outside',
        level: 'warning',
        message: 'Go on?',
        actions: ['Yes', 'No'],
      },
    ]);
  });

  it('is not asked where it is not', async () => {
    await start(
      [],
      `return [await attempt(() => context.clipboard.readText()), await attempt(() => context.notifications.show('Hello')), await attempt(() => context.process.run('ls'))];`,
    );
    const refused = (await run()) as Record<string, string>[];
    assert.deepEqual(
      refused.map(one => one['name']),
      ['PermissionDeniedError', 'PermissionDeniedError', 'PermissionDeniedError'],
    );
    assert.match(refused[0]?.['grant'] ?? '', /"scope": "system", "permissions": \["clipboard"\]/);
    assert.deepEqual(questions, []);
  });
});

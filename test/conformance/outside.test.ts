import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { WorkbenchError } from '../../src/base/index.ts';
import type { FrontEndQuestion } from '../../src/protocol/editor/index.ts';
import type { Json } from '../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, type Subject } from './subject.ts';

/** Variables of the user's environment: the manifest names one of them. */
const GIVEN = 'CONFORMANCE_GIVEN';
const SECRET = 'CONFORMANCE_SECRET';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

/** A web server on this machine that counts who came. */
async function serve(handle: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, address: `127.0.0.1:${port}`, requests, close };
}

/** Accepts a denial of that scope and action, with the line of the manifest that would grant it. */
const denial =
  (scope: string, action: string, line: RegExp) =>
  (error: WorkbenchError): boolean => {
    assert.equal(error.code, 'PW-PERMISSION-DENIED');
    const { data } = error.cause as { data?: { scope?: string; action?: string; grant?: string } };
    assert.deepEqual([data?.scope, data?.action], [scope, action]);
    assert.match(data?.grant ?? '', line);
    return true;
  };

for (const language of languagesUnderTest) {
  describe(`what a plugin in ${language.id} reaches beyond the workbench`, { skip: language.skip }, () => {
    let world: World;
    let subject: Subject;
    let questions: FrontEndQuestion[];
    let open: Awaited<ReturnType<typeof serve>>;
    let closed: Awaited<ReturnType<typeof serve>>;
    before(async () => {
      closed = await serve((_, response) => response.end('secret'));
      open = await serve((request, response) => {
        if (request.url === '/away') response.writeHead(302, { location: `${closed.url}/away` }).end();
        else if (request.url === '/near') response.writeHead(302, { location: '/end' }).end();
        else {
          response.writeHead(request.url === '/teapot' ? 418 : 200, { 'x-own': 'yes' });
          if (request.method === 'GET') response.end(`at ${request.url} ${request.headers['x-sent'] ?? ''}`);
          else request.pipe(response);
        }
      });
      questions = [];
      world = await createWorld(shipped, {
        askFrontEnd: async question => {
          questions.push(question);
          if (question.kind === 'clipboard/read') return { type: 'answered', value: 'copied – ä' };
          const chosen = question.kind === 'notifications/show' && question.actions.includes('Later');
          return { type: 'answered', value: chosen ? 'Later' : null };
        },
      });
      process.env[GIVEN] = 'given – ä';
      process.env[SECRET] = 'secret';
      subject = await createSubject(world, language, 'subject');
      const capabilities = [
        { id: 'net', scope: 'network', permissions: ['connect'], hosts: [open.address] },
        { id: 'desk', scope: 'system', permissions: ['clipboard', 'notifications'] },
        { id: 'tools', scope: 'system', permissions: ['run', `env:${GIVEN}`] },
        { id: 'store', scope: 'memory', permissions: ['read', 'write'] },
      ];
      await subject.grant(capabilities, ['cat']);
      await subject.start();
    });
    after(async () => {
      delete process.env[GIVEN];
      delete process.env[SECRET];
      await world.dispose();
      open.close();
      closed.close();
    });

    const fetchIt = (args: Record<string, Json>): Promise<Json> => subject.call('fetch', args);

    test('the hosts that were granted, through the host', async () => {
      assert.deepEqual(await fetchIt({ url: `${open.url}/a?b=c`, headers: { 'x-sent': 'own' } }), {
        status: 200,
        url: `${open.url}/a?b=c`,
        header: 'yes',
        text: 'at /a?b=c own',
      });
      const posted = await fetchIt({ url: `${open.url}/teapot`, method: 'POST', body: 'grüße' });
      assert.deepEqual(posted, { status: 418, url: `${open.url}/teapot`, header: 'yes', text: 'grüße' });
    });

    test('where they redirect to, as far as that was granted', async () => {
      const near = (await fetchIt({ url: `${open.url}/near` })) as Record<string, Json>;
      assert.deepEqual([near['status'], near['url']], [200, `${open.url}/end`]);
      const seen = (await fetchIt({ url: `${open.url}/near`, redirect: 'manual' })) as Record<string, Json>;
      assert.equal(seen['status'], 302);
      await assert.rejects(fetchIt({ url: `${open.url}/away` }), denial('network', 'connect', /"hosts"/));
    });

    test('no other host', async () => {
      await assert.rejects(fetchIt({ url: `${closed.url}/` }), denial('network', 'connect', /"hosts"/));
      assert.deepEqual(closed.requests, []);
    });

    test('the same by its ordinary library, through the proxy', async t => {
      if (language.lacks?.['library-fetch']) return t.skip(language.lacks['library-fetch']);
      const version = Number(/^node (\d+)/.exec(subject.status()?.runtime ?? '')?.[1] ?? 24);
      if (version < 24) return t.skip('fetch of Node.js knows no proxy before version 24');
      if (!language.lacks?.['a proxy for this machine']) {
        const found = await subject.call('library-fetch', { url: `${open.url}/library` });
        assert.deepEqual(found, { status: 200, text: 'at /library ' });
      }
      for (const url of [`${closed.url}/`, 'http://nobody.invalid/']) {
        // Some libraries hand the proxy's answer on, some throw.
        const refused = await subject.call('library-fetch', { url }).then(
          answer => (answer as Record<string, Json>)['status'],
          (error: WorkbenchError) => error.code,
        );
        assert.ok(refused === 403 || refused === 'PW-PLUGIN-THREW', String(refused));
      }
      // It is the proxy that refused, and it has told.
      await world.seen(event('audit', one => !one.allowed && one.resource.startsWith('nobody.invalid')));
      assert.deepEqual(closed.requests, []);
      return undefined;
    });

    test('the program that was granted, and what it answers', async () => {
      const run = (args: readonly string[], input?: string): Promise<Json> =>
        subject.call('run-program', { command: 'cat', args, ...(input === undefined ? {} : { input }) });
      assert.deepEqual(await run([], 'grüße\n'), { code: 0, stdout: 'grüße\n', stderr: '' });
      const failed = (await run(['nothing-is-there'])) as Record<string, Json>;
      assert.deepEqual([failed['code'], failed['stdout']], [1, '']);
      assert.match(String(failed['stderr']), /nothing-is-there/);
    });

    test('no program beside it', async () => {
      for (const command of ['sort', 'cat/../sort', '/usr/bin/sort', 'cat sort']) {
        await assert.rejects(
          subject.call('run-program', { command, args: [], input: 'x' }),
          denial('process', 'run', /"system"/),
        );
      }
    });

    test('the variable of the environment that was granted, and no other', async () => {
      const read = (name: string): Promise<Json> => subject.call('environment', { name });
      assert.equal(await read(GIVEN), 'given – ä');
      assert.equal(await read(SECRET), null);
      const printed = await subject.call('run-program', { command: 'cat', args: ['/proc/self/environ'] });
      // What it runs gets neither.
      assert.doesNotMatch((printed as { stdout: string }).stdout, /given|secret/);
      assert.ok(
        world.events.some(
          one =>
            one.type === 'audit' &&
            one.scope === 'environment' &&
            one.resource === GIVEN &&
            one.allowed &&
            one.change === undefined,
        ),
      );
    });

    test('the clipboard', async () => {
      assert.equal(await subject.call('clipboard', { op: 'read' }), 'copied – ä');
      assert.equal(await subject.call('clipboard', { op: 'write', text: 'grüße 🙂' }), null);
      assert.partialDeepStrictEqual(questions.splice(0), [
        { kind: 'clipboard/read' },
        { kind: 'clipboard/write', text: 'grüße 🙂' },
      ]);
    });

    test('people, who may choose', async () => {
      const choice = { level: 'warning', message: 'Now?', actions: ['Now', 'Later'] };
      assert.equal(await subject.call('notify', choice), 'Later');
      assert.equal(await subject.call('notify', { level: 'info', message: 'Done.' }), null);
      assert.partialDeepStrictEqual(questions.splice(0), [
        { kind: 'notifications/show', ...choice },
        { kind: 'notifications/show', level: 'info', message: 'Done.' },
      ]);
    });

    test('and it hears when what it may do has changed', async () => {
      const { id } = subject;
      const grant = world.host.grants(id).find(one => one.scope === 'storage' && one.action === 'write');
      assert.ok(grant);
      const set = () => subject.call('storage', { op: 'set', key: 'k', value: 1 });
      await set();
      await world.host.revokeGrant({ pluginId: id, key: grant.key });
      await subject.logged('info: capabilities changed');
      await assert.rejects(set(), { code: 'PW-PERMISSION-DENIED' });
      await world.host.giveGrant({ pluginId: id, key: grant.key });
      await subject.logged('info: capabilities changed', 2);
      await set();
    });
  });
}

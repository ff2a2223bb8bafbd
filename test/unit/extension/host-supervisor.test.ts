import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter, WorkbenchError } from '../../../src/base/index.ts';
import type { HostConnection, HostEnd } from '../../../src/extension/host/host-connection.ts';
import { createHostSupervisor, type HostNotice } from '../../../src/extension/host/host-supervisor.ts';
import { createRestartPolicy } from '../../../src/extension/host/restart-policy.ts';
import type { HostEvent, StartPluginParams } from '../../../src/protocol/editor/index.ts';
import { status } from './entries.ts';

/** A host in memory that can be made to die. */
function createHost(pid: number) {
  const events = new Emitter<HostEvent>();
  const started: StartPluginParams[] = [];
  const stopped: string[] = [];
  let end: (end: HostEnd) => void = () => {};
  const ended = new Promise<HostEnd>(resolve => {
    end = resolve;
  });
  let down = false;
  const connection: HostConnection = {
    pid,
    onEvent: events.event,
    ended,
    start: async params => {
      started.push(params);
      return status({ pluginId: params.dir.slice(1), dir: params.dir });
    },
    stop: async id => void stopped.push(id),
    call: async () => assert.fail('not used here'),
    reload: async id => status({ pluginId: id }),
    list: async () => [],
    invoke: async ({ method }) => method,
    shutdown: async () => {
      down = true;
      end({ reason: 'exit code 0', lastWords: '' });
    },
    dispose: () => {
      down = true;
      end({ reason: 'signal SIGKILL', lastWords: '' });
    },
  };
  return {
    connection,
    started,
    stopped,
    fire: (event: HostEvent) => events.fire(event),
    die: () => end({ reason: 'signal SIGKILL', lastWords: 'help' }),
    isDown: () => down,
  };
}

function setUp() {
  const hosts: ReturnType<typeof createHost>[] = [];
  const pauses: number[] = [];
  const notices: HostNotice[] = [];
  const waiting: { type: HostNotice['type']; resolve: () => void }[] = [];
  const supervisor = createHostSupervisor({
    policy: createRestartPolicy(),
    now: () => 0,
    sleep: async ms => void pauses.push(ms),
    launch: async () => {
      const host = createHost(100 + hosts.length);
      hosts.push(host);
      return host.connection;
    },
  });
  supervisor.onNotice(notice => {
    notices.push(notice);
    for (const waiter of waiting.filter(({ type }) => type === notice.type)) waiter.resolve();
  });
  const next = (type: HostNotice['type']) => new Promise<void>(resolve => waiting.push({ type, resolve }));
  const host = (index: number) => {
    const found = hosts[index];
    assert.ok(found, `host ${index} was launched`);
    return found;
  };
  return { supervisor, hosts, host, pauses, notices, next };
}

const params = (dir: string): StartPluginParams => ({ dir, watch: true });

test('the host starts with the first plugin, and once', async () => {
  const { supervisor, hosts } = setUp();
  assert.equal(supervisor.pid(), undefined);
  await Promise.all([supervisor.start(params('/a')), supervisor.start(params('/b'))]);
  assert.equal(hosts.length, 1);
  assert.equal(supervisor.pid(), 100);
  assert.equal(supervisor.size(), 2);
});

test('after a crash the plugins that ran start again and take up their state', async () => {
  const { supervisor, host, pauses, notices, next } = setUp();
  await supervisor.start(params('/a'));
  await supervisor.start(params('/stopped'));
  await supervisor.stop('stopped');
  await supervisor.start(params('/crashed'));
  host(0).fire({ type: 'state', status: status({ pluginId: 'crashed', state: 'failed' }) });
  const restored = next('restored');
  host(0).die();
  await restored;
  assert.deepEqual(host(1).started, [{ dir: '/a', watch: true, recover: true }]);
  assert.equal(supervisor.pid(), 101);
  assert.deepEqual(pauses, [200]);
  assert.deepEqual(
    notices.find(notice => notice.type === 'ended'),
    {
      type: 'ended',
      reason: 'signal SIGKILL',
      lastWords: 'help',
      interrupted: ['a'],
      restartInMs: 200,
    },
  );
});

test('a host that ends four times within a minute is left alone, until the user restarts it', async () => {
  const { supervisor, hosts, host, notices, next } = setUp();
  await supervisor.start(params('/a'));
  for (let i = 0; i < 3; i++) {
    const restored = next('restored');
    host(i).die();
    await restored;
  }
  const ended = next('ended');
  host(3).die();
  await ended;
  assert.equal(hosts.length, 4);
  assert.equal(supervisor.pid(), undefined);
  const last = notices.at(-1);
  assert.ok(last?.type === 'ended' && last.restartInMs === undefined);
  await supervisor.restart();
  assert.equal(hosts.length, 5);
});

test('a restart by the user stops the old host and starts the same plugins', async () => {
  const { supervisor, host } = setUp();
  await supervisor.start(params('/a'));
  await supervisor.restart();
  assert.ok(host(0).isDown());
  assert.deepEqual(host(1).started, [{ dir: '/a', watch: true, recover: true }]);
});

test('a launch that fails is told, and the next start tries again', async () => {
  let fail = true;
  const host = createHost(1);
  const supervisor = createHostSupervisor({
    policy: createRestartPolicy(),
    now: () => 0,
    sleep: async () => {},
    launch: async () => {
      if (fail) throw new WorkbenchError('PW-HOST-START', 'no');
      return host.connection;
    },
  });
  await assert.rejects(supervisor.start(params('/a')), { code: 'PW-HOST-START' });
  fail = false;
  assert.equal((await supervisor.start(params('/a'))).pluginId, 'a');
});

test('shutdown ends the host, also one that is only starting, and nothing starts afterwards', async () => {
  const { supervisor, hosts, host } = setUp();
  const start = supervisor.start(params('/a'));
  const refused = assert.rejects(start, { code: 'PW-HOST-CLOSED' });
  await supervisor.shutdown();
  await refused;
  assert.ok(host(0).isDown());
  await assert.rejects(supervisor.start(params('/a')), { code: 'PW-HOST-CLOSED' });
  assert.equal(hosts.length, 1);
});

test('restart pauses grow, and old ends are forgotten after a minute', () => {
  const policy = createRestartPolicy();
  assert.deepEqual(
    [0, 1, 2, 3].map(now => policy.next(now)),
    [200, 1000, 3000, undefined],
  );
  assert.equal(policy.next(60_002), 200);
  policy.reset();
  assert.equal(policy.next(60_003), 200);
});

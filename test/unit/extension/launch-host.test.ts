import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchHost } from '../../../src/extension/host/launch-host.ts';
import type { HostEvent } from '../../../src/protocol/editor/index.ts';

const script = fileURLToPath(new URL('./fixtures/host.mjs', import.meta.url));

async function launch(t: TestContext, dataDir = '/nowhere') {
  const log: string[] = [];
  const options = { execPath: process.execPath, script, log: (line: string) => void log.push(line) };
  const host = await launchHost({ ...options, initialize: { dataDir, unconfined: [] } });
  t.after(() => host.dispose());
  const invoke = (method: string, signal?: AbortSignal) =>
    host.invoke({ pluginId: 'p', method, args: null }, signal);
  return { host, invoke, log };
}

test('the host runs as a node, without what the editor’s process was given', async t => {
  process.env['VSCODE_SECRET'] = '1';
  t.after(() => delete process.env['VSCODE_SECRET']);
  const { invoke } = await launch(t);
  assert.equal(await invoke('env'), '1');
});

test('a failure of the host arrives as the WorkbenchError it was', async t => {
  const { invoke } = await launch(t);
  await assert.rejects(invoke('fail'), {
    name: 'WorkbenchError',
    code: 'PW-PLUGIN-THREW',
    message: 'It threw.',
    nextStep: 'Look.',
    details: { a: 1 },
  });
  await assert.rejects(
    invoke('bug'),
    (error: Error) => error.name === 'Error' && /a bug/.test(error.message),
  );
  await assert.rejects(invoke('wrong'), { name: 'ValiError' });
});

test('a call can be given up at once, and the host hears of it', async t => {
  const { host, invoke, log } = await launch(t);
  const abort = new AbortController();
  const call = invoke('hang', abort.signal);
  abort.abort();
  await assert.rejects(call, { name: 'AbortError' });
  await host.shutdown(10_000);
  await host.ended;
  assert.ok(log.includes('cancelled'), log.join('\n'));
});

test('events are decoded; one that can’t be read is logged and dropped', async t => {
  const { host, invoke, log } = await launch(t);
  const events: HostEvent[] = [];
  host.onEvent(event => events.push(event));
  await invoke('event');
  assert.deepEqual(
    events.map(event => event.type),
    ['problem'],
  );
  assert.match(log.join('\n'), /can't be read/);
});

test('a host that is killed fails the calls it owes, and says how it ended', async t => {
  const { host, invoke } = await launch(t);
  const owed = assert.rejects(invoke('hang'), { code: 'PW-HOST-ENDED' });
  process.kill(host.pid, 'SIGKILL');
  await owed;
  assert.equal((await host.ended).reason, 'signal SIGKILL');
  await assert.rejects(invoke('env'), { code: 'PW-HOST-ENDED' });
});

test('a host that does not start says why', async t => {
  await assert.rejects(launch(t, 'die'), (error: Error & { code?: string; details?: object }) => {
    assert.equal(error.code, 'PW-HOST-START');
    assert.match(error.message, /exit code 3/);
    assert.match(JSON.stringify(error.details), /the last words/);
    return true;
  });
  await assert.rejects(
    launchHost({
      execPath: '/no/such/node',
      script,
      initialize: { dataDir: '/nowhere', unconfined: [] },
      log: () => {},
    }),
    { code: 'PW-HOST-START' },
  );
});

test('shutdown leaves no process', async t => {
  const { host } = await launch(t);
  await host.shutdown(10_000);
  assert.equal((await host.ended).reason, 'exit code 0');
  assert.throws(() => process.kill(host.pid, 0), { code: 'ESRCH' });
});

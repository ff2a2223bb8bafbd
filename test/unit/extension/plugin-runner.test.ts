import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostSupervisor } from '../../../src/extension/host/host-supervisor.ts';
import { createPluginBoard } from '../../../src/extension/plugins/plugin-board.ts';
import { createPluginRunner } from '../../../src/extension/plugins/plugin-runner.ts';
import type { StartPluginParams } from '../../../src/protocol/editor/index.ts';
import { folder, status } from './entries.ts';

function setUp(
  changes: { trusted?: boolean; unconfined?: boolean; confirm?: boolean; disabled?: boolean } = {},
) {
  const started: StartPluginParams[] = [];
  const asked: string[] = [];
  const stopped: string[] = [];
  const board = createPluginBoard();
  board.setFolders([folder(), folder({ dir: '/w/bad', name: 'Bad', loaded: undefined, reason: 'No name.' })]);
  let held: Promise<never> | undefined;
  const never = () => ({ dispose: () => {} });
  const supervisor: HostSupervisor = {
    onEvent: never,
    onNotice: never,
    pid: () => undefined,
    size: () => 0,
    start: async params => {
      started.push(params);
      const waits = held;
      held = undefined;
      await waits;
      return status(changes.disabled ? { state: 'disabled' } : {});
    },
    stop: async id => void stopped.push(id),
    call: (async (name: string) => {
      assert.equal(name, 'enable');
      return status();
    }) as HostSupervisor['call'],
    reload: async () => status({ generation: 2 }),
    invoke: async ({ args }) => args,
    restart: async () => {},
    shutdown: async () => {},
  };
  const runner = createPluginRunner({
    board,
    supervisor,
    isTrusted: () => changes.trusted ?? true,
    reloadOnSave: () => true,
    isUnconfined: () => changes.unconfined ?? false,
    askPermission: async () => assert.fail('not used here'),
    confirmStop: async () => assert.fail('not used here'),
    confirmUnconfined: async entry => {
      asked.push(entry.folder.name);
      return changes.confirm ?? false;
    },
  });
  /** The next start waits, until the function that is returned fails it. */
  const holdStart = (): ((error: Error) => void) => {
    let fail: (error: Error) => void = () => {};
    held = new Promise((_, reject) => {
      fail = reject;
    });
    held.catch(() => undefined);
    return fail;
  };
  return { board, runner, started, asked, stopped, holdStart };
}

test('nothing runs in an untrusted workspace, but stopping works', async () => {
  const { runner, started, stopped } = setUp({ trusted: false });
  const refused = { code: 'PW-WORKSPACE-UNTRUSTED' };
  await assert.rejects(runner.start('/w/hello'), refused);
  await assert.rejects(runner.reload('hello'), refused);
  await assert.rejects(runner.test('/w/hello'), refused);
  await assert.rejects(runner.invoke('hello', 'x', null), refused);
  await runner.stop('hello');
  assert.deepEqual([started, stopped], [[], ['hello']]);
});

test('only a plugin of the workspace with a manifest that loads is started', async () => {
  const { runner, started } = setUp();
  await assert.rejects(runner.start('/elsewhere'), { code: 'PW-PLUGIN-UNKNOWN' });
  await assert.rejects(runner.start('/w/bad'), { code: 'PW-MANIFEST-INVALID', message: /No name\./ });
  assert.deepEqual(started, []);
});

test('two starts of one plugin are one, and a running one is not started again', async () => {
  const { runner, started, board } = setUp();
  const [first, second] = await Promise.all([runner.start('/w/hello'), runner.start('/w/hello')]);
  assert.equal(first, second);
  await runner.start('/w/hello');
  assert.deepEqual(started, [{ dir: '/w/hello', watch: true }]);
  assert.equal(board.byId('hello')?.status?.state, 'running');
  await runner.stop('hello');
  assert.equal(board.byId('hello')?.status?.state, 'stopped');
  await runner.start('/w/hello');
  assert.equal(started.length, 2);
});

test('a stop in the middle of a start ends it, and the next start is another one', async () => {
  const { runner, started, board, holdStart } = setUp();
  const fail = holdStart();
  const first = runner.start('/w/hello');
  const refused = assert.rejects(first, {
    code: 'PW-START-DECLINED',
    message: 'Hello was stopped before it ran.',
  });
  board.setStatus(status({ state: 'starting' }));
  const stopping = runner.stop('hello');
  fail(new Error('"activate" was cancelled.'));
  await Promise.all([refused, stopping]);
  assert.equal((await runner.start('/w/hello')).state, 'running');
  assert.equal(started.length, 2);
});

test('one that was disabled in another window is enabled by a start', async () => {
  const { runner, started } = setUp({ disabled: true });
  assert.equal((await runner.start('/w/hello')).state, 'running');
  assert.equal(started.length, 1);
});

test('a plugin runs without a sandbox only when the user says so again', async () => {
  const declined = setUp({ unconfined: true, confirm: false });
  await assert.rejects(declined.runner.start('/w/hello'), { code: 'PW-START-DECLINED' });
  assert.deepEqual(declined.started, []);

  const { runner, asked, started } = setUp({ unconfined: true, confirm: true });
  await runner.start('/w/hello');
  await runner.stop('hello');
  await runner.start('/w/hello');
  assert.deepEqual(asked, ['Hello'], 'once in a window is enough');
  assert.equal(started.length, 2);
});

test('a plugin that runs is started anew for a debugger, and one that runs for it is not', async () => {
  const { runner, started, stopped, board } = setUp();
  await runner.start('/w/hello');
  await runner.start('/w/hello', { debug: true });
  assert.deepEqual(stopped, ['hello']);
  assert.deepEqual(started.at(-1), { dir: '/w/hello', watch: true, debug: true });
  board.setStatus({ ...status(), debug: { type: 'node', url: 'ws://127.0.0.1:1/x' } });
  await runner.start('/w/hello', { debug: true });
  assert.equal(started.length, 2);
});

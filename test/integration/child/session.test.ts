import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { type Bundles, makeBundles } from './bundles.ts';
import { findNodes } from './node-versions.ts';
import { type PluginProcess, startPlugin } from './plugin-process.ts';

let bundles: Bundles;
before(async () => {
  bundles = await makeBundles();
});
after(() => bundles.remove());

for (const node of findNodes()) {
  const start = (fixture: string): PluginProcess =>
    startPlugin(node.path, bundles.childScript, bundles.plugin(fixture));

  describe(`a plugin on ${node.title}`, { skip: node.skip }, () => {
    let plugin: PluginProcess;
    beforeEach(async () => {
      plugin = start('esm');
      await plugin.load('index.mjs');
    });
    afterEach(() => plugin.end());

    test('activates, answers, keeps its state, and ends in order', async () => {
      const hooks = { hooks: ['deactivate', 'getState', 'restoreState', 'configure'] };
      assert.deepEqual(await plugin.activate({}, { counter: 41 }), hooks);
      assert.equal(await plugin.invoke('count'), 42);
      assert.deepEqual(await plugin.wire.request('getState', {}), { counter: 42 });
      await plugin.wire.request('deactivate', {});
      assert.deepEqual(plugin.logs, ['info: active as fixture', 'info: deactivated', 'info: disposed']);
    });

    test('stores, and reads its settings as they change', async () => {
      await plugin.activate({ color: 'red' });
      assert.deepEqual(await plugin.invoke('store', [1, 'é']), [[1, 'é'], ['list'], true]);
      assert.equal(await plugin.invoke('setting', 'color'), 'red');
      assert.equal(await plugin.invoke('setting', 'size'), 'fallback');
      await plugin.wire.request('configure', { config: { color: 'blue' } });
      assert.equal(await plugin.invoke('setting', 'color'), 'blue');
      assert.deepEqual(
        plugin.logs.slice(1),
        ['info: color is "red"', 'info: color is "blue"', 'info: configured with color'].slice(1),
      );
    });

    test('what a command throws comes with its place', async () => {
      await plugin.activate();
      const file = `${bundles.plugin('esm')}/index.mjs`;
      for (const [command, line, name] of [
        ['fail', 13, 'RangeError'],
        ['failLater', 17, 'Error'],
      ] as const) {
        await assert.rejects(
          plugin.invoke(command),
          (error: { code: number; data: { location: unknown; name: string } }) => {
            assert.equal(error.code, ErrorCode.PluginFailed);
            assert.equal(error.data.name, name);
            assert.deepEqual(error.data.location, { file, line, column: 13 });
            return true;
          },
        );
      }
      await assert.rejects(plugin.invoke('throwText'), {
        code: ErrorCode.PluginFailed,
        message: 'just text',
      });
      await assert.rejects(plugin.invoke('bigint'), /is no JSON/);
      await assert.rejects(plugin.invoke('nothing'), { code: ErrorCode.UnknownCommand });
      await assert.rejects(plugin.invoke('activate'), { code: ErrorCode.UnknownCommand });
    });

    test('a denial is typed, names the grant, and stays a denial when the plugin does not handle it', async () => {
      await plugin.activate();
      const grant = '"permissions": { "memory": true }';
      assert.deepEqual(await plugin.invoke('denied'), { typed: true, grant });
      await assert.rejects(
        plugin.invoke('deniedUnhandled'),
        (error: { code: number; data: Record<string, unknown> }) => {
          assert.equal(error.code, ErrorCode.PermissionDenied);
          assert.equal(error.data['grant'], grant);
          assert.equal((error.data['location'] as { line: number }).line, 38);
          return true;
        },
      );
    });

    test('a cancelled call reaches the handler', async () => {
      await plugin.activate();
      const controller = new AbortController();
      const call = plugin.invoke('wait', null, controller.signal);
      controller.abort();
      await assert.rejects(call, { code: ErrorCode.Cancelled });
      await plugin.logged(/stopped waiting/);
    });

    test('events reach every handler, and what one throws is logged', async () => {
      await plugin.activate();
      plugin.wire.notify('event', { name: 'ping', from: 'other', data: { n: 1 }, patterns: ['ping'] });
      await plugin.logged(/info: ping \{"n":1\} from other/);
      await plugin.logged(/error: Error: bad listener\n.*index\.mjs/);
      assert.equal(plugin.calls.filter(call => call.method === 'events/subscribe').length, 1);
      await plugin.invoke('emit', 7);
      assert.deepEqual(plugin.calls.at(-1), { method: 'events/emit', params: { name: 'made', data: 7 } });
    });

    test('what it prints stays apart from the wire', async () => {
      await plugin.activate();
      await plugin.invoke('write');
      assert.equal(await plugin.invoke('echo', 'still there'), 'still there');
      await plugin.end();
      assert.match(plugin.output.stdout, /noise$/);
      assert.match(plugin.output.stderr, /to stderr/);
    });

    test('a loop that logs is slowed down, not cut off, and loses nothing', async () => {
      await plugin.activate();
      await plugin.invoke('flood', 12_000);
      await plugin.logged(/line 11999$/);
      assert.deepEqual(plugin.violations, []);
      assert.equal(plugin.logs.filter(line => line.startsWith('debug: line')).length, 12_000);
    });

    for (const [command, message] of [
      ['crash', 'boom'],
      ['reject', 'nobody listens'],
    ] as const) {
      test(`${command}: its last words are logged with the stack, and it exits with 1`, async () => {
        await plugin.activate();
        await plugin.invoke(command);
        assert.equal(await plugin.exited, 1);
        const words = await plugin.logged(/The plugin crashed/);
        assert.match(words, new RegExp(`^error: The plugin crashed. Error: ${message}\\n.*index\\.mjs:\\d+`));
      });
    }

    test('it exits with 0 when the host closes the wire', async () => {
      await plugin.activate();
      plugin.wire.dispose();
      assert.equal(await plugin.exited, 0);
    });
  });

  describe(`other shapes and turns on ${node.title}`, { skip: node.skip }, () => {
    test('CommonJS, and the SDK by require', async () => {
      const plugin = start('cjs');
      await plugin.load('index.cjs');
      assert.deepEqual(await plugin.activate(), { hooks: ['configure'] });
      assert.equal(await plugin.invoke('isError'), true);
      assert.equal(await plugin.wire.request('getState', {}), null);
      await plugin.end();
    });

    test('a class is made with the context and what the manifest says; its methods can be called', async () => {
      const plugin = start('class');
      await plugin.load('index.cjs');
      await plugin.activate();
      const info = { id: 'fixture', name: 'Fixture', version: '1.2.3', profile: 'aihub' };
      assert.deepEqual(await plugin.invoke('who'), info);
      assert.equal(await plugin.invoke('greet', 'Ada'), 'fixture greets Ada');
      await assert.rejects(plugin.invoke('constructor'), { code: ErrorCode.UnknownCommand });
      await plugin.end();
    });

    test('an activation that throws fails with its place', async () => {
      const plugin = start('throws-in-activate');
      await plugin.load('index.mjs');
      await assert.rejects(
        plugin.activate(),
        (error: { message: string; data: { location: { line: number } } }) => {
          assert.equal(error.message, 'not today');
          assert.equal(error.data.location.line, 2);
          return true;
        },
      );
      await plugin.end();
    });

    test('an activation fails when a command it registered is refused', async () => {
      const plugin = start('refused-command');
      await plugin.load('index.mjs');
      await assert.rejects(
        plugin.activate(),
        (error: { code: number; data: { scope: string; location: { line: number } } }) => {
          assert.equal(error.code, ErrorCode.PermissionDenied);
          assert.equal(error.data.scope, 'commands');
          assert.equal(error.data.location.line, 2);
          return true;
        },
      );
      await plugin.end();
    });

    test('another version of the protocol and messages out of turn are refused', async () => {
      const plugin = start('esm');
      const invalid = { code: ErrorCode.InvalidRequest };
      await assert.rejects(plugin.wire.request('load', {}), invalid);
      await assert.rejects(plugin.wire.request('initialize', { protocolVersion: 99 }), invalid);
      await assert.rejects(plugin.wire.request('toString', {}), { code: ErrorCode.MethodNotFound });
      await plugin.load('index.mjs');
      await assert.rejects(plugin.load('index.mjs'), invalid);
      await plugin.end();
    });

    test('without a wire it says what is missing', () => {
      const { status, stderr } = spawnSync(node.path, [bundles.childScript], { encoding: 'utf8', env: {} });
      assert.equal(status, 2);
      assert.match(stderr, /started by a plugin host/);
    });
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  attachConfiguration,
  isRestart,
  spareProcess,
} from '../../../src/extension/debugging/attach-configuration.ts';
import type { PluginStatus } from '../../../src/protocol/editor/index.ts';

const status: PluginStatus = {
  pluginId: 'hello',
  name: 'Hello',
  version: '1.0.0',
  dir: '/w/hello',
  state: 'starting',
  generation: 1,
  commands: [],
};

test('a plugin that was started for a debugger is attached to at its address', () => {
  const url = 'ws://127.0.0.1:4711/secret';
  const configuration = attachConfiguration({ ...status, debug: { type: 'node', url } });
  assert.ok(configuration);
  const { type, request, websocketAddress, pluginWorkbench, restart } = configuration;
  assert.deepEqual([type, request, websocketAddress], ['pwa-node', 'attach', url]);
  assert.deepEqual(pluginWorkbench, { dir: '/w/hello', pluginId: 'hello' });
  assert.ok(restart.delay > 0, 'it comes again after a reload');
  // A source map at an address would be fetched from outside of the sandbox.
  assert.deepEqual(configuration.resolveSourceMapLocations, ['/w/hello/**', '!**/node_modules/**']);
  // Numbers of processes inside are numbers of other processes outside.
  assert.equal(configuration.autoAttachChildProcesses, false);
  assert.equal(configuration.attachExistingChildren, false);
});

test('one that was not is left alone', () => {
  assert.equal(attachConfiguration(status), undefined);
});

test('no debug adapter is told to kill what has the number the plugin says it has', () => {
  const message = {
    type: 'request',
    command: 'disconnect',
    arguments: { restart: false, terminateDebuggee: true },
  };
  spareProcess(message);
  assert.deepEqual(message.arguments, { restart: false, terminateDebuggee: false });
  for (const other of [undefined, 'text', { type: 'request', command: 'disconnect' }]) spareProcess(other);
});

test('a wish to begin anew is told from other messages', () => {
  assert.equal(isRestart({ type: 'request', command: 'restart' }), true);
  const others = [undefined, 'restart', { type: 'response', command: 'restart' }, { type: 'request' }];
  assert.deepEqual(others.filter(isRestart), []);
});

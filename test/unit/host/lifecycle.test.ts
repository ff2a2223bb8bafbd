import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLifecycle } from '../../../src/host/plugin/lifecycle.ts';
import type { PluginState } from '../../../src/protocol/editor/index.ts';

const states: readonly PluginState[] = ['starting', 'running', 'reloading', 'stopping', 'stopped', 'failed'];

/** A way to each state by legal steps. */
const pathTo: Readonly<Record<PluginState, readonly PluginState[]>> = {
  stopped: [],
  starting: ['starting'],
  running: ['starting', 'running'],
  reloading: ['starting', 'running', 'reloading'],
  stopping: ['starting', 'stopping'],
  failed: ['starting', 'failed'],
};

const legal = new Set([
  'stopped→starting',
  'starting→running',
  'starting→failed',
  'starting→stopping',
  'running→reloading',
  'running→stopping',
  'running→failed',
  'reloading→running',
  'reloading→stopping',
  'reloading→failed',
  'stopping→stopped',
  'failed→starting',
  'failed→stopping',
]);

for (const from of states) {
  for (const to of states) {
    const name = `${from}→${to}`;
    test(`${name} ${legal.has(name) ? 'happens' : 'throws and changes nothing'}`, () => {
      const changes: string[] = [];
      const lifecycle = createLifecycle((state, before) => changes.push(`${before}→${state}`));
      for (const state of pathTo[from]) lifecycle.moveTo(state);
      changes.length = 0;
      if (legal.has(name)) {
        lifecycle.moveTo(to);
        assert.equal(lifecycle.state, to);
        assert.deepEqual(changes, [name]);
      } else {
        assert.throws(() => lifecycle.moveTo(to), /can't go from/);
        assert.equal(lifecycle.state, from);
        assert.deepEqual(changes, []);
      }
    });
  }
}

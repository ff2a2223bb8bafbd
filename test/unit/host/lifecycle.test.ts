import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionOf, createLifecycle, isTransition, stagesOf } from '../../../src/host/plugin/lifecycle.ts';
import {
  type PluginStage,
  type PluginState,
  pluginStageSchema,
  pluginStateSchema,
} from '../../../src/protocol/editor/index.ts';

const states = pluginStateSchema.options;
const stages = pluginStageSchema.options;

/** A way to each state by legal steps. */
const pathTo: Readonly<Record<PluginState, readonly PluginState[]>> = {
  stopped: [],
  waiting: ['waiting'],
  starting: ['starting'],
  running: ['starting', 'running'],
  reloading: ['starting', 'running', 'reloading'],
  restarting: ['starting', 'running', 'restarting'],
  stopping: ['starting', 'stopping'],
  disabled: ['waiting', 'disabled'],
  failed: ['starting', 'failed'],
};

const legal = new Set([
  'stopped→starting',
  'stopped→waiting',
  'stopped→disabled',
  'waiting→starting',
  'waiting→disabled',
  'waiting→stopping',
  'starting→running',
  'starting→failed',
  'starting→stopping',
  'running→reloading',
  'running→restarting',
  'running→stopping',
  'running→failed',
  'reloading→running',
  'reloading→restarting',
  'reloading→stopping',
  'reloading→failed',
  'restarting→running',
  'restarting→stopping',
  'restarting→failed',
  'stopping→stopped',
  'stopping→disabled',
  'disabled→starting',
  'disabled→waiting',
  'disabled→stopping',
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
      assert.equal(lifecycle.canMoveTo(to), legal.has(name));
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

type Step = { readonly to: PluginState } | { readonly stage: PluginStage };

test('whatever is asked of it in whatever order, it is never in an illegal state or stage', () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom(...states).map(to => ({ to })),
    fc.constantFrom(...stages).map(stage => ({ stage })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), steps => {
      let last: PluginState = 'stopped';
      const lifecycle = createLifecycle((state, before) => {
        assert.equal(before, last);
        assert.ok(state === before || isTransition(before, state), `${before}→${state}`);
        last = state;
      });
      for (const step of steps) {
        const { state, stage } = lifecycle;
        if ('stage' in step) {
          lifecycle.enter(step.stage);
          assert.equal(lifecycle.state, state);
          const order = stagesOf(state);
          assert.ok(order.indexOf(lifecycle.stage) >= order.indexOf(stage), 'a stage was gone back to');
        } else {
          const may = legal.has(`${state}→${step.to}`);
          try {
            lifecycle.moveTo(step.to);
            assert.ok(may, `${state}→${step.to} happened`);
          } catch (error) {
            assert.ok(!may, String(error));
          }
        }
        assert.ok(stagesOf(lifecycle.state).includes(lifecycle.stage));
        assert.equal(lifecycle.state, last);
      }
    }),
    { numRuns: 500 },
  );
});

test('every stage belongs to some state, and a plugin goes through them in their order', () => {
  assert.deepEqual(new Set(states.flatMap(stagesOf)), new Set(stages));
  const seen: PluginStage[] = [];
  const lifecycle = createLifecycle(() => seen.push(lifecycle.stage));
  seen.push(lifecycle.stage);
  lifecycle.move('stopped', 'starting');
  for (const stage of ['download', 'loading', 'initialization'] as const) lifecycle.enter(stage);
  lifecycle.move('starting', 'running');
  lifecycle.move('running', 'stopping');
  lifecycle.move('stopping', 'disabled');
  lifecycle.move('disabled', 'stopping');
  assert.deepEqual(
    seen.filter(stage => stage !== 'unload'),
    stages.filter(stage => stage !== 'unload'),
  );
  assert.equal(seen.at(-1), 'unload');
});

test('a caller that is mistaken about the state changes nothing', () => {
  const lifecycle = createLifecycle(() => {});
  assert.throws(() => lifecycle.move('running', 'reloading'), /is stopped, not running/);
  // @ts-expect-error: a transition that is not allowed does not compile.
  assert.throws(() => lifecycle.move('stopped', 'running'), /can't go from/);
  assert.equal(lifecycle.state, 'stopped');
});

test('a store sees six coarse conditions', () => {
  assert.deepEqual(
    states.map(state => [state, conditionOf(state)]),
    [
      ['starting', 'installing'],
      ['waiting', 'installed'],
      ['running', 'running'],
      ['reloading', 'running'],
      ['restarting', 'error'],
      ['stopping', 'uninstalling'],
      ['disabled', 'installed'],
      ['stopped', 'stopped'],
      ['failed', 'error'],
    ],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadyProcess } from '../../../src/host/plugin/generation.ts';
import type { LaunchPlan } from '../../../src/host/plugin/launch-plan.ts';
import { createStandby, createStandbyBudget, type Standby } from '../../../src/host/plugin/standby.ts';

function planOf(text: string): LaunchPlan {
  return {
    source: { dir: '/plugin', entry: '/plugin/main.js', document: { text } },
    sandbox: { level: 'sandboxed', mounts: true, description: 'walls' },
    runtime: { command: ['/node'], runtimePaths: ['/node'], mounts: [], env: {} },
    limits: { notes: [] },
    grants: { readOnly: [], readWrite: [], notes: [] },
    refusedCalls: [],
    usesMemory: false,
    notes: [],
    places: ['1:2'],
  } as unknown as LaunchPlan;
}

/** Processes that only say what became of them. */
class Fleet {
  readonly running = new Set<ReadyProcess>();
  readonly notes: string[] = [];
  started = 0;
  stale = false;
  failure: Error | undefined;
  readonly #waiting: { count: number; go: () => void }[] = [];
  readonly #ways = new Map<ReadyProcess, () => void>();

  standby(budget = createStandbyBudget(8)): Standby {
    return createStandby({
      delayMs: 0,
      budget,
      note: message => this.notes.push(message),
      start: async plan => {
        this.started++;
        for (const { count, go } of this.#waiting) if (this.started >= count) go();
        if (this.failure) throw this.failure;
        return this.#make(plan);
      },
    });
  }

  /** Resolves once so many were started, and the last has been taken notice of. */
  async untilStarted(count: number): Promise<void> {
    if (this.started < count) await new Promise<void>(go => this.#waiting.push({ count, go }));
    await new Promise(resolve => setImmediate(resolve));
  }

  die(process: ReadyProcess): void {
    this.#ways.get(process)?.();
  }

  #make(plan: LaunchPlan): ReadyProcess {
    let end = (): void => {};
    const ended = new Promise<void>(resolve => {
      end = resolve;
    });
    const die = (): void => {
      this.running.delete(process);
      end();
    };
    const process = {
      plan,
      instance: { pid: this.started, ended, closed: ended, dispose: die },
      isStale: () => Promise.resolve(this.stale),
    } as unknown as ReadyProcess;
    this.running.add(process);
    this.#ways.set(process, die);
    return process;
  }
}

test('hands out its process once', async () => {
  const fleet = new Fleet();
  const standby = fleet.standby();
  standby.prepare(planOf('one'));
  await fleet.untilStarted(1);
  assert.equal(standby.process?.instance.pid, 1);
  const taken = await standby.take(planOf('one'));
  assert.equal(taken?.instance.pid, 1);
  assert.equal(standby.process, undefined);
  assert.equal(await standby.take(planOf('one')), undefined);
  await standby.discard();
  assert.equal(fleet.running.size, 1, 'who took it keeps it');
});

test('a process that would differ from a new one is ended instead', async () => {
  const fleet = new Fleet();
  const standby = fleet.standby();
  standby.prepare(planOf('one'));
  await fleet.untilStarted(1);
  assert.equal(await standby.take(planOf('two')), undefined);
  await standby.discard();
  assert.equal(fleet.running.size, 0);

  standby.prepare(planOf('two'));
  await fleet.untilStarted(2);
  fleet.stale = true;
  assert.equal(await standby.take(planOf('two')), undefined);
  await standby.discard();
  assert.equal(fleet.running.size, 0);
});

test('prepares one at a time, anew for another plan', async () => {
  const fleet = new Fleet();
  const standby = fleet.standby();
  standby.prepare(planOf('one'));
  await fleet.untilStarted(1);
  standby.prepare(planOf('one'));
  standby.prepare(planOf('two'));
  await fleet.untilStarted(2);
  assert.equal(fleet.started, 2);
  assert.deepEqual(
    [...fleet.running].map(({ plan }) => plan.source.document.text),
    ['two'],
  );
  await standby.discard();
  assert.equal(fleet.running.size, 0);
});

test('discarded while it starts, it leaves nothing', async () => {
  const fleet = new Fleet();
  const standby = fleet.standby();
  standby.prepare(planOf('one'));
  await fleet.untilStarted(1);
  standby.prepare(planOf('two'));
  while (fleet.started < 2) await new Promise(resolve => setTimeout(resolve, 0));
  await standby.discard();
  assert.equal(fleet.running.size, 0);
  assert.deepEqual(fleet.notes, []);
});

test('one that ends by itself or does not start is told, and not handed out', async () => {
  const fleet = new Fleet();
  const standby = fleet.standby();
  standby.prepare(planOf('one'));
  await fleet.untilStarted(1);
  for (const process of fleet.running) fleet.die(process);
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(await standby.take(planOf('one')), undefined);
  assert.match(fleet.notes[0] ?? '', /has ended/);
  fleet.failure = new Error('no room');
  standby.prepare(planOf('one'));
  await fleet.untilStarted(2);
  assert.equal(await standby.take(planOf('one')), undefined);
  assert.match(fleet.notes[1] ?? '', /no room/);
});

test('the budget lets go of the one that has waited longest', async () => {
  const fleet = new Fleet();
  const budget = createStandbyBudget(2);
  const standbys = [fleet.standby(budget), fleet.standby(budget), fleet.standby(budget)];
  for (const [n, standby] of standbys.entries()) {
    standby.prepare(planOf(`${n}`));
    await fleet.untilStarted(n + 1);
  }
  await standbys[0]?.discard();
  assert.deepEqual(
    standbys.map(({ process }) => process?.instance.pid),
    [undefined, 2, 3],
  );
  assert.equal(fleet.running.size, 2);
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { guideManifest, limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  const restartRules = { firstDelayMs: 20, longestDelayMs: 100, most: 3, withinMs: 600_000 };
  world = await createWorld(shipped, { restart: 'onCrash', restartRules });
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
  world.host.invoke({ pluginId, method, args });

/** A counter that also answers `die`, `spin` and `hog`. */
function fragile(): string {
  return `
    let count = 0;
    export function activate(context) {
      context.commands.register('count', () => ++count);
      context.commands.register('wait', () => new Promise(() => {}));
      context.commands.register('die', () => { console.error('last words'); process.exit(7); });
      context.commands.register('spin', () => { for (;;); });
    }
    export const getState = () => ({ count });
    export const restoreState = state => { count = state.count; };
  `;
}

async function start(id: string, code: string, more: Record<string, unknown> = {}) {
  const dir = await world.plugin(id, { 'plugin.json': guideManifest(id), 'index.mjs': code });
  return world.host.start({ dir, watch: false, ...more });
}

/** The state of a plugin is saved soon after a call; this waits until a given one is. */
async function saved(pluginId: string, part: string): Promise<void> {
  for (;;) {
    const text = await world.dataOf(pluginId, 'state.json').catch(() => '');
    if (text.includes(part)) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const states = (pluginId: string): string[] =>
  world.events.flatMap(one =>
    one.type === 'state' && one.status.pluginId === pluginId ? [one.status.state] : [],
  );

test('a plugin that crashes comes up again with its state, and calls that come meanwhile are answered', async () => {
  const { pid } = await start('phoenix', fragile());
  await call('phoenix', 'count');
  await call('phoenix', 'count');
  await saved('phoenix', '"count":2');
  const lost = assert.rejects(call('phoenix', 'wait'), { code: 'PW-PLUGIN-GONE' });
  await assert.rejects(call('phoenix', 'die'), { code: 'PW-PLUGIN-GONE' });
  await lost;
  await world.seen(
    event('state', ({ status }) => status.pluginId === 'phoenix' && status.state === 'restarting'),
  );
  assert.equal(await call('phoenix', 'count'), 3);
  const status = world.host.status('phoenix');
  assert.deepEqual([status.state, status.restarts, status.problem], ['running', 1, undefined]);
  assert.notEqual(status.pid, pid);
  assert.equal(existsSync(`/proc/${pid}`), false);

  const { report } = await world.seen(event('crash', ({ report }) => report.pluginId === 'phoenix'));
  assert.partialDeepStrictEqual(report, {
    cause: 'exit',
    exit: { code: 7, signal: null },
    version: '1.0.0',
    generation: 1,
    outcome: { kind: 'restart', attempt: 1, delayMs: 20 },
  });
  assert.deepEqual(report.inFlight.map(({ method }) => method).sort(), ['die', 'wait']);
  assert.ok(report.lastLog.some(({ source, message }) => source === 'stderr' && message === 'last words'));
  assert.deepEqual(await world.host.crashReports({ pluginId: 'phoenix' }), [report]);
  const files = await readdir(path.join(world.dataDir, 'phoenix', 'crashes'));
  assert.deepEqual(files, [`${report.timestamp}-${report.id}.json`]);
});

test('one that crashes too often is left alone, and says so; a start on purpose gives it another chance', async () => {
  await start('hopeless', fragile());
  for (let crash = 1; crash <= 4; crash++) {
    await assert.rejects(call('hopeless', 'die'), { code: 'PW-PLUGIN-GONE' });
    await world.seen(
      event('crash', ({ report }) => {
        const { outcome } = report;
        return report.pluginId === 'hopeless' && (outcome.kind !== 'restart' ? 4 : outcome.attempt) === crash;
      }),
    );
  }
  const { status } = await world.seen(
    event('state', ({ status }) => status.pluginId === 'hopeless' && status.state === 'failed'),
  );
  assert.match(status.problem?.nextStep ?? '', /It ended 4 times within 10 minutes/);
  await assert.rejects(call('hopeless', 'count'), { code: 'PW-PLUGIN-NOT-RUNNING' });
  assert.equal((await world.host.crashReports({ pluginId: 'hopeless' }))[0]?.outcome.kind, 'gaveUp');
  assert.equal((await world.host.enable('hopeless')).state, 'running');
  await assert.rejects(call('hopeless', 'die'), { code: 'PW-PLUGIN-GONE' });
  assert.equal(typeof (await call('hopeless', 'count')), 'number');
});

test('one whose new start fails is tried again, and left alone in the end', async () => {
  const { dir } = await start('doomed', fragile());
  await writeFile(path.join(dir, 'index.mjs'), 'throw new Error("broken meanwhile");');
  await assert.rejects(call('doomed', 'die'), { code: 'PW-PLUGIN-GONE' });
  const { status } = await world.seen(
    event('state', ({ status }) => status.pluginId === 'doomed' && status.state === 'failed'),
  );
  assert.match(status.problem?.message ?? '', /broken meanwhile/);
  assert.match(status.problem?.nextStep ?? '', /not started again/);
  assert.equal(status.restarts, 3);
});

test('a stop during the wait for the next start ends it', async () => {
  const rules = { firstDelayMs: 600_000, longestDelayMs: 600_000, most: 3, withinMs: 600_000 };
  const patient = await createWorld(shipped, { restart: 'onCrash', restartRules: rules });
  try {
    const dir = await patient.plugin('patient', {
      'plugin.json': guideManifest('patient'),
      'index.mjs': fragile(),
    });
    await patient.host.start({ dir, watch: false });
    await assert.rejects(patient.host.invoke({ pluginId: 'patient', method: 'die', args: null }));
    await patient.seen(event('state', ({ status }) => status.state === 'restarting'));
    const waiting = assert.rejects(
      patient.host.invoke({ pluginId: 'patient', method: 'count', args: null }),
      {
        code: 'PW-PLUGIN-GONE',
      },
    );
    await patient.host.stop('patient');
    await waiting;
    assert.deepEqual(patient.host.list(), []);
  } finally {
    await patient.dispose();
  }
});

test('running out of memory is told apart from other ends', async () => {
  const manifest = limitedManifest('glutton', { maxMemoryMB: 96 });
  const code = `
    const held = [];
    export function activate(context) {
      context.commands.register('eat', () => { for (;;) held.push(Buffer.alloc(1 << 20, 1)); });
      context.commands.register('ping', () => 'pong');
    }`;
  const dir = await world.plugin('glutton', { 'plugin.json': manifest, 'index.mjs': code });
  await world.host.start({ dir, watch: false, restart: 'never' });
  await assert.rejects(call('glutton', 'eat'), { code: 'PW-PLUGIN-GONE' });
  const { report } = await world.seen(event('crash', ({ report }) => report.pluginId === 'glutton'));
  assert.deepEqual([report.cause, report.outcome.kind], ['outOfMemory', 'left']);
  assert.equal(report.problem.code, 'PW-LIMIT-MEMORY');
});

test('a healthy plugin is healthy; one that is stuck is not, and a restart mends it', async () => {
  await start('stuck', fragile());
  await start('fine', fragile());
  await call('stuck', 'count');
  await saved('stuck', '"count":1');
  const fine = await world.host.health('fine');
  assert.equal(fine.health, 'healthy');
  assert.deepEqual(
    fine.checks.map(({ name }) => name),
    ['process', 'answers', 'errors', 'memory'],
  );
  assert.ok(fine.latencyMs !== undefined && fine.latencyMs > 0);
  const { pid } = world.host.status('fine');
  const lost = assert.rejects(call('stuck', 'spin'), { code: 'PW-PLUGIN-GONE' });
  assert.deepEqual(await world.host.restartUnhealthy(), ['stuck']);
  await lost;
  assert.equal(await call('stuck', 'count'), 2);
  assert.equal((await world.host.health('stuck')).health, 'healthy');
  assert.equal(world.host.status('fine').pid, pid);
  assert.ok(states('stuck').includes('restarting'));
});

test('a disabled plugin has no process, refuses calls, and goes on where it was', async () => {
  const { pid } = await start('sleeper', fragile());
  await call('sleeper', 'count');
  const status = await world.host.disable('sleeper');
  assert.deepEqual(
    [status.state, status.stage, status.condition, status.pid],
    ['disabled', 'disable', 'installed', undefined],
  );
  assert.equal(existsSync(`/proc/${pid}`), false);
  await assert.rejects(call('sleeper', 'count'), { code: 'PW-PLUGIN-NOT-RUNNING', nextStep: 'Enable it.' });
  assert.equal((await world.host.health('sleeper')).health, 'idle');
  assert.equal((await world.host.disable('sleeper')).state, 'disabled');
  assert.equal((await world.host.enable('sleeper')).state, 'running');
  assert.equal(await call('sleeper', 'count'), 2);
  await world.host.disable('sleeper');
  await world.host.stop('sleeper');
  assert.ok(!world.host.list().some(({ pluginId }) => pluginId === 'sleeper'));
});

test('a lazy plugin is listed without a process, and its first callers wait for it', async () => {
  const status = await start('lazy', fragile(), { lazy: true });
  assert.deepEqual([status.state, status.condition, status.pid], ['waiting', 'installed', undefined]);
  assert.deepEqual(await Promise.all([call('lazy', 'count'), call('lazy', 'count')]), [1, 2]);
  assert.equal(world.host.status('lazy').state, 'running');
  const broken = await start('lazy-broken', 'throw new Error("not today");', { lazy: true });
  assert.equal(broken.state, 'waiting');
  await assert.rejects(call('lazy-broken', 'count'), { code: 'PW-PLUGIN-GONE', message: /not today/ });
  assert.equal(world.host.status('lazy-broken').state, 'failed');
});

test('the stages of a start are gone through in their order', async () => {
  await start('staged', fragile());
  const stages = world.events.flatMap(one =>
    one.type === 'state' && one.status.pluginId === 'staged' ? [one.status.stage] : [],
  );
  assert.deepEqual(
    stages.filter((stage, i) => stage !== stages[i - 1]),
    ['validation', 'download', 'loading', 'initialization', 'active'],
  );
});

test('a message is answered with a response, whether it failed or not', async () => {
  await start('asked', fragile());
  const fine = await world.host.request({
    pluginId: 'asked',
    message: { id: 'm1', method: 'count', data: null },
  });
  assert.partialDeepStrictEqual(fine, { id: 'm1', success: true, data: 1 });
  const message = { method: 'nothing', data: null, correlation: 'm1' };
  const bad = await world.host.request({ pluginId: 'asked', message });
  assert.partialDeepStrictEqual(bad, {
    success: false,
    correlation: 'm1',
    error: { code: 'PW-COMMAND-UNKNOWN' },
  });
});

test('a save while it is about to come up again is taken up then', async () => {
  const { dir } = await start('edited', fragile());
  await call('edited', 'count');
  await saved('edited', '"count":1');
  const dying = assert.rejects(call('edited', 'die'), { code: 'PW-PLUGIN-GONE' });
  const again = Array.from({ length: 5 }, () => world.host.reload('edited'));
  await writeFile(path.join(dir, 'index.mjs'), fragile().replace('++count', '(count += 10)'));
  await dying;
  await Promise.all([...again, world.host.reload('edited')]);
  await world.host.reload('edited');
  assert.equal(await call('edited', 'count'), 11);
});

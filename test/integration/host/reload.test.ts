import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { counter, guideManifest } from './plugins.ts';
import { buildShipped, createWorld, event, type Shipped, type World } from './world.ts';

let shipped: Shipped;
let world: World;
before(async () => {
  shipped = await buildShipped();
  world = await createWorld(shipped);
});
after(async () => {
  await world.dispose();
  await shipped.dispose();
});

interface Answer {
  readonly n: number;
  readonly label: string;
}

async function count(pluginId: string, args: Readonly<Record<string, number>> = {}): Promise<Answer> {
  return (await world.host.invoke({ pluginId, method: 'count', args })) as unknown as Answer;
}

const alive = (pid: number | undefined): boolean => existsSync(`/proc/${pid}`);

test('new code takes over the state of the old', async () => {
  const dir = await world.plugin('state', { 'plugin.json': guideManifest('state'), 'index.mjs': counter() });
  const first = await world.host.start({ dir, watch: false });
  assert.deepEqual(await count('state'), { n: 1, label: 'first' });
  await writeFile(path.join(dir, 'index.mjs'), counter('second'));
  const second = await world.host.reload('state');
  assert.deepEqual([first.generation, second.generation, second.state], [1, 2, 'running']);
  assert.notEqual(first.pid, second.pid);
  assert.deepEqual(await count('state'), { n: 2, label: 'second' });
});

test('under a hail of calls, many reloads lose no call and answer none twice', async () => {
  const dir = await world.plugin('hail', { 'plugin.json': guideManifest('hail'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: false });
  const answers: Answer[] = [];
  let reloading = true;
  const caller = async (): Promise<void> => {
    while (reloading) {
      answers.push(await count('hail'));
      await new Promise(resolve => setImmediate(resolve));
    }
  };
  const callers = Array.from({ length: 8 }, caller);
  const reloads = 12;
  for (let n = 0; n < reloads; n++) {
    await writeFile(path.join(dir, 'index.mjs'), counter(`code ${n}`));
    const status = await world.host.reload('hail');
    assert.equal(status.problem, undefined);
  }
  reloading = false;
  await Promise.all(callers);
  const last = await count('hail');
  assert.equal(last.n, answers.length + 1, 'the count of the plugin is the count of the callers');
  assert.equal(new Set(answers.map(({ n }) => n)).size, answers.length, 'no number was given twice');
  assert.equal(last.label, `code ${reloads - 1}`);
  assert.ok(answers.length > 100, `${answers.length} calls`);
});

test('a long call stays with the old instance, which leaves when it is answered', async () => {
  const dir = await world.plugin('long', { 'plugin.json': guideManifest('long'), 'index.mjs': counter() });
  const before = await world.host.start({ dir, watch: false });
  const long = count('long', { ms: 1500 });
  await count('long');
  await writeFile(path.join(dir, 'index.mjs'), counter('second'));
  await world.host.reload('long');
  assert.deepEqual(await count('long'), { n: 3, label: 'second' });
  assert.equal(alive(before.pid), true);
  assert.deepEqual(await long, { n: 1, label: 'first' });
  while (alive(before.pid)) await new Promise(resolve => setTimeout(resolve, 10));
});

test('code that can not be loaded leaves the old serving and is shown at its line, until it is mended', async () => {
  const dir = await world.plugin('broken', {
    'plugin.json': guideManifest('broken'),
    'index.mjs': counter(),
  });
  await world.host.start({ dir, watch: false });
  await count('broken');
  for (const [code, line] of [
    ["\n\nthrow new Error('at load');\n", 3],
    ['const x = 1;\nconst = 2;\n', 2],
    ["import './missing.mjs';\n", 1],
  ] as const) {
    await writeFile(path.join(dir, 'index.mjs'), code);
    const status = await world.host.reload('broken');
    assert.equal(status.state, 'running');
    assert.equal(status.generation, 1);
    assert.equal(status.problem?.code, 'PW-PLUGIN-LOAD');
    assert.equal(status.problem?.location?.file, path.join(dir, 'index.mjs'));
    assert.equal(status.problem?.location?.line, line);
  }
  assert.equal((await count('broken')).n, 2);
  await writeFile(path.join(dir, 'index.mjs'), counter('mended'));
  const mended = await world.host.reload('broken');
  assert.equal(mended.problem, undefined);
  assert.deepEqual(await count('broken'), { n: 3, label: 'mended' });
  const told = world.events.filter(event('problem', ({ pluginId }) => pluginId === 'broken'));
  assert.equal(told.length, 4);
  assert.equal(told.at(-1)?.problem, undefined);
});

test('an activation that fails leaves the old serving, with the calls that waited', async () => {
  const dir = await world.plugin('refuses', {
    'plugin.json': guideManifest('refuses'),
    'index.mjs': counter(),
  });
  await world.host.start({ dir, watch: false });
  const failing = `
    export async function activate() {
      await new Promise(resolve => setTimeout(resolve, 200));
      throw new TypeError('not today');
    }`;
  await writeFile(path.join(dir, 'index.mjs'), failing);
  const calls: Promise<Answer>[] = [];
  const timer = setInterval(() => calls.push(count('refuses')), 5);
  const status = await world.host.reload('refuses');
  clearInterval(timer);
  assert.equal(status.problem?.code, 'PW-PLUGIN-THREW');
  assert.match(status.problem?.message ?? '', /not today/);
  const answers = await Promise.all(calls);
  assert.deepEqual(
    answers.map(({ n }) => n),
    answers.map((_, i) => i + 1),
  );
});

test('requests that come during a reload share the next one', async () => {
  const dir = await world.plugin('often', { 'plugin.json': guideManifest('often'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: false });
  const statuses = await Promise.all(Array.from({ length: 20 }, () => world.host.reload('often')));
  assert.deepEqual(new Set(statuses.map(({ generation }) => generation)), new Set([2]));
});

test('a state that can not be taken is told, and the new code begins without', async () => {
  const code = counter().replace(
    'export const getState = () => ({ count })',
    'export const getState = () => { throw new Error("lost") }',
  );
  const dir = await world.plugin('stateless', {
    'plugin.json': guideManifest('stateless'),
    'index.mjs': code,
  });
  await world.host.start({ dir, watch: false });
  await count('stateless');
  await writeFile(path.join(dir, 'index.mjs'), counter('second'));
  assert.equal((await world.host.reload('stateless')).problem, undefined);
  assert.deepEqual(await count('stateless'), { n: 1, label: 'second' });
  await world.seen(
    event('log', ({ pluginId, message }) => pluginId === 'stateless' && /begins without.*lost/.test(message)),
  );
});

test('a new manifest restarts the plugin in a new sandbox, with its state and without losing a call', async () => {
  const dir = await world.plugin('rights', {
    'plugin.json': guideManifest('rights'),
    'index.mjs': counter(),
  });
  const first = await world.host.start({ dir, watch: false });
  await count('rights');
  await writeFile(
    path.join(dir, 'plugin.json'),
    JSON.stringify(guideManifest('rights', { version: '2.0.0' })),
  );
  const calls = [count('rights', { ms: 50 })];
  const reload = world.host.reload('rights');
  const timer = setInterval(() => calls.push(count('rights')), 2);
  const second = await reload;
  clearInterval(timer);
  const answers = await Promise.all(calls);
  assert.deepEqual(
    answers.map(({ n }) => n).sort((a, b) => a - b),
    answers.map((_, i) => i + 2),
  );
  assert.equal(second.version, '2.0.0');
  assert.equal(alive(first.pid), false);
});

test('a manifest that can not be used is shown at its line, and the plugin runs on as it was', async () => {
  const dir = await world.plugin('typo', { 'plugin.json': guideManifest('typo'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: false });
  await writeFile(
    path.join(dir, 'plugin.json'),
    JSON.stringify(guideManifest('typo', { version: 'two' }), undefined, 2),
  );
  const status = await world.host.reload('typo');
  assert.deepEqual([status.state, status.version], ['running', '1.0.0']);
  assert.equal(status.problem?.code, 'PW-PLUGIN-MANIFEST');
  assert.equal(status.problem?.location?.file, path.join(dir, 'plugin.json'));
  assert.equal(status.problem?.location?.line, 4);
  await writeFile(path.join(dir, 'plugin.json'), JSON.stringify(guideManifest('typo')));
  assert.equal((await world.host.reload('typo')).problem, undefined);
});

test('saving reloads: in place, by rename, and after a failed start', async () => {
  const dir = await world.plugin('saved', {
    'plugin.json': guideManifest('saved'),
    'index.mjs': 'nonsense(',
  });
  const entry = path.join(dir, 'index.mjs');
  await assert.rejects(world.host.start({ dir, watch: true }), { code: 'PW-PLUGIN-LOAD' });
  assert.equal(world.host.list().find(({ pluginId }) => pluginId === 'saved')?.state, 'failed');
  const running = (generation: number) =>
    world.seen(
      event(
        'state',
        ({ status }) =>
          status.pluginId === 'saved' && status.state === 'running' && status.generation === generation,
      ),
    );
  await writeFile(entry, counter('started'));
  await running(2);
  assert.deepEqual(await count('saved'), { n: 1, label: 'started' });
  await writeFile(entry, counter('in place'));
  await running(3);
  assert.deepEqual(await count('saved'), { n: 2, label: 'in place' });
  await writeFile(path.join(dir, '.index.mjs.tmp'), counter('renamed'));
  await rename(path.join(dir, '.index.mjs.tmp'), entry);
  await running(4);
  assert.deepEqual(await count('saved'), { n: 3, label: 'renamed' });
});

test('a manifest with another id makes it another plugin', async () => {
  const dir = await world.plugin('renamed', {
    'plugin.json': guideManifest('before'),
    'index.mjs': counter(),
  });
  await world.host.start({ dir, watch: true });
  await writeFile(path.join(dir, 'plugin.json'), JSON.stringify(guideManifest('afterwards')));
  await world.seen(
    event('state', ({ status }) => status.pluginId === 'afterwards' && status.state === 'running'),
  );
  assert.equal((await count('afterwards')).n, 1);
  const ids = world.host.list().map(({ pluginId }) => pluginId);
  assert.equal(ids.includes('before'), false);
});

test('the state survives the host: a recovered plugin counts on, a stopped one begins anew', async () => {
  const files = { 'plugin.json': guideManifest('survivor'), 'index.mjs': counter() };
  const dir = await world.plugin('survivor', files);
  await world.host.start({ dir, watch: false });
  await count('survivor');
  await count('survivor');
  const file = path.join(world.dataDir, 'survivor', 'state.json');
  while (!existsSync(file)) await new Promise(resolve => setTimeout(resolve, 20));
  assert.deepEqual(JSON.parse(await world.dataOf('survivor', 'state.json')), { state: { count: 2 } });

  const next = await createWorld(shipped, { dataDir: world.dataDir });
  try {
    await next.host.start({ dir, watch: false, recover: true });
    const call = { pluginId: 'survivor', method: 'count', args: {} };
    assert.deepEqual(await next.host.invoke(call), { n: 3, label: 'first' });
    await next.host.stop('survivor');
    assert.equal((await readdir(path.join(world.dataDir, 'survivor'))).includes('state.json'), false);
    await next.host.start({ dir, watch: false, recover: true });
    assert.deepEqual(await next.host.invoke(call), { n: 1, label: 'first' });
  } finally {
    await next.dispose();
  }
  await rm(dir, { recursive: true });
});

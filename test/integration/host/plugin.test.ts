import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { findNodes } from '../child/node-versions.ts';
import { counter, guideManifest, limitedManifest } from './plugins.ts';
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

const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
  world.host.invoke({ pluginId, method, args });

async function start(id: string, code: string, manifest: Record<string, unknown> = guideManifest(id)) {
  const dir = await world.plugin(id, { 'plugin.json': manifest, 'index.mjs': code });
  return world.host.start({ dir, watch: false });
}

const failedWith = (pluginId: string) =>
  world.seen(event('state', ({ status }) => status.pluginId === pluginId && status.state === 'failed'));

test('a plugin runs in the sandbox, with nothing of the host’s environment, and its streams are its log', async () => {
  const status = await start(
    'inside',
    `
    import fs from 'node:fs';
    export function activate(context) {
      console.log('to stdout'); console.error('to stderr'); context.log.warn('to the log');
      context.commands.register('look', () => ({
        env: Object.keys(process.env).sort(), cwd: process.cwd(), home: fs.existsSync('/root') || fs.existsSync('/home'),
      }));
    }`,
  );
  assert.equal(status.confinement?.level, 'sandboxed');
  assert.match(status.runtime ?? '', /^node 2\d\./);
  assert.deepEqual(await call('inside', 'look'), {
    env: ['HOME', 'LANG', 'NODE_ENV', 'PATH', 'PWD'],
    cwd: status.dir,
    home: false,
  });
  for (const [source, level, message] of [
    ['stdout', 'info', 'to stdout'],
    ['stderr', 'error', 'to stderr'],
    ['sdk', 'warn', 'to the log'],
  ]) {
    await world.seen(
      event('log', log => log.source === source && log.level === level && log.message === message),
    );
  }
  const usage = await world.seen(event('usage', event => event.usage.pluginId === 'inside'));
  assert.ok(usage.usage.memory.used > 1_000_000 && usage.usage.memory.used < usage.usage.memory.limit);
  assert.equal(usage.usage.calls.total, 1);
});

test('failures of calls are told apart', async () => {
  await start(
    'calls',
    `export function activate(context) {
      context.commands.register('fail', () => { throw new RangeError('out of it'); });
      context.commands.register('never', () => new Promise(() => {}));
    }`,
  );
  await assert.rejects(call('calls', 'fail'), (error: WorkbenchError) => {
    assert.deepEqual([error.code, error.message], ['PW-PLUGIN-THREW', 'out of it']);
    assert.partialDeepStrictEqual(error.details, { location: { line: 2 } });
    return true;
  });
  await assert.rejects(call('calls', 'missing'), { code: 'PW-COMMAND-UNKNOWN' });
  await assert.rejects(call('nobody', 'fail'), { code: 'PW-PLUGIN-UNKNOWN' });
  const slow = { pluginId: 'calls', method: 'never', args: null };
  await assert.rejects(world.host.invoke({ ...slow, deadline: 50 }), { code: 'PW-CALL-DEADLINE' });
  const abort = new AbortController();
  const cancelled = world.host.invoke(slow, abort.signal);
  abort.abort();
  await assert.rejects(cancelled, { code: 'PW-CALL-CANCELLED' });
  const lost = assert.rejects(world.host.invoke(slow), { code: 'PW-PLUGIN-GONE' });
  await world.host.stop('calls');
  await lost;
});

test('storage needs its permission: the denial names the line, and the line allows it', async () => {
  const code = `export function activate(context) {
    context.commands.register('save', value => context.storage.set('k', value));
    context.commands.register('load', () => context.storage.get('k'));
  }`;
  await start('keeper', code);
  await assert.rejects(call('keeper', 'save', 1), (error: WorkbenchError) =>
    /storage.*write.*true/s.test(error.message),
  );
  const denial = await world.seen(
    event('audit', ({ pluginId, allowed }) => pluginId === 'keeper' && !allowed),
  );
  assert.deepEqual([denial.scope, denial.action, denial.resource], ['storage', 'write', 'k']);
  assert.match(denial.grant ?? '', /storage/);
  await world.host.stop('keeper');

  const manifest = guideManifest('keeper', { permissions: { storage: { read: true, write: true } } });
  await start('keeper', code, manifest);
  await call('keeper', 'save', { deep: ['value'] });
  await world.host.stop('keeper');
  await start('keeper', code, manifest);
  assert.deepEqual(await call('keeper', 'load'), { deep: ['value'] });
  await world.host.stop('keeper');
  const audit = (await world.dataOf('keeper', 'audit.jsonl'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  const stored = audit
    .filter(({ scope, change }) => scope === 'storage' && change === undefined)
    .map(({ action, allowed }) => `${action} ${allowed}`);
  assert.deepEqual(stored, ['write false', 'write true', 'read true']);
});

test('plugins run each other’s commands and hear each other’s events', async () => {
  await start(
    'speaker',
    `export function activate(context) {
      context.commands.register('say', text => context.events.emit('said', text));
      context.commands.register('ask', args => context.commands.execute('listener:heard', args));
      context.commands.register('ask-bare', args => context.commands.execute('heard', args));
      context.commands.register('ask-nobody', () => context.commands.execute('unheard-of'));
    }`,
  );
  await start(
    'listener',
    `const heard = [];
    export function activate(context) {
      context.events.on('said', (text, { from }) => { heard.push(from + ': ' + text); });
      context.commands.register('heard', () => heard);
    }`,
  );
  await call('speaker', 'say', 'hello');
  assert.deepEqual(await call('speaker', 'ask'), ['speaker: hello']);
  assert.deepEqual(await call('speaker', 'ask-bare'), ['speaker: hello']);
  await assert.rejects(call('speaker', 'ask-nobody'), /unheard-of/);
});

test('configuration: what the start gives, overlaid by what the plugin sets', async () => {
  const dir = await world.plugin('settings', {
    'plugin.json': guideManifest('settings'),
    'index.mjs': `let seen;
      export function activate(context) {
        context.commands.register('all', () => context.config.getAll());
        context.commands.register('set', ([key, value]) => context.config.set(key, value));
        context.commands.register('seen', () => seen);
      }
      export const configure = config => { seen = config; };`,
  });
  await world.host.start({ dir, watch: false, config: { color: 'red', size: 1 } });
  await call('settings', 'set', ['color', 'blue']);
  assert.deepEqual(await call('settings', 'all'), { color: 'blue', size: 1 });
  while ((await call('settings', 'seen')) === null) await new Promise(resolve => setTimeout(resolve, 10));
  assert.deepEqual(await call('settings', 'seen'), { color: 'blue', size: 1 });
  await world.host.stop('settings');
  await world.host.start({ dir, watch: false, config: { color: 'red', size: 2 } });
  assert.deepEqual(await call('settings', 'all'), { color: 'blue', size: 2 });
});

test('a plugin over its memory limit is killed, at the manifest’s line', async () => {
  const manifest = limitedManifest('eater', { maxMemoryMB: 128 });
  await start(
    'eater',
    `const kept = [];
    export function activate(context) {
      context.commands.register('eat', async () => {
        for (;;) { kept.push(Buffer.alloc(8 << 20, 1)); await new Promise(resolve => setTimeout(resolve, 5)); }
      });
    }`,
    manifest,
  );
  await assert.rejects(call('eater', 'eat'), { code: 'PW-PLUGIN-GONE' });
  const { status } = await failedWith('eater');
  assert.equal(status.problem?.code, 'PW-LIMIT-MEMORY');
  assert.match(status.problem?.location?.file ?? '', /plugin\.json$/);
  const line =
    JSON.stringify(manifest, undefined, 2)
      .split('\n')
      .findIndex(text => text.includes('maxMemoryMB')) + 1;
  assert.equal(status.problem?.location?.line, line);
  const violation = await world.seen(
    event('violation', ({ action, pluginId }) => pluginId === 'eater' && action === 'killed'),
  );
  assert.deepEqual([violation.resource, violation.limit], ['memory', 128 << 20]);
});

test('a heap that is full within the limit is a breach of the limit too', async () => {
  await start(
    'hoarder',
    `const kept = [];
    export function activate(context) {
      context.commands.register('eat', () => { for (;;) kept.push(new Array(1e5).fill({})); });
    }`,
    limitedManifest('hoarder', { maxMemoryMB: 128 }),
  );
  await assert.rejects(call('hoarder', 'eat'), { code: 'PW-PLUGIN-GONE' });
  const { status } = await failedWith('hoarder');
  await world.seen(
    event('violation', ({ action, pluginId }) => pluginId === 'hoarder' && action === 'killed'),
  );
  assert.equal(status.problem?.code, 'PW-LIMIT-MEMORY');
});

test('a limit below what the runtime needs is raised, and said so', async () => {
  const code = `export const activate = context => context.commands.register('ping', () => 'pong');`;
  await start('tiny', code, limitedManifest('tiny', { maxMemoryMB: 5 }));
  assert.equal(await call('tiny', 'ping'), 'pong');
  await world.seen(
    event('log', ({ pluginId, message }) => pluginId === 'tiny' && /5 MiB.*64 MiB/.test(message)),
  );
});

for (const [name, code, resource] of [
  ['garbage', `require('node:fs').writeSync(3, 'this is no message\\r\\n\\r\\n')`, 'protocol'],
  ['huge', `require('node:fs').writeSync(3, 'Content-Length: 999999999\\r\\n\\r\\n')`, 'messageSize'],
] as const) {
  test(`a plugin that sends ${name} on its wire is ended, and it alone`, async () => {
    const bystander = `bystander-${name}`;
    await start(bystander, counter());
    await start(
      name,
      `import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export const activate = context => context.commands.register('go', async () => { ${code}; await new Promise(() => {}); });`,
    );
    await assert.rejects(call(name, 'go'), { code: 'PW-PLUGIN-GONE' });
    const { status } = await failedWith(name);
    assert.equal(status.problem?.code, 'PW-PLUGIN-WIRE');
    const violation = await world.seen(event('violation', ({ pluginId }) => pluginId === name));
    assert.deepEqual([violation.resource, violation.action], [resource, 'killed']);
    assert.deepEqual(await call(bystander, 'count', {}), { n: 1, label: 'first' });
  });
}

test('a crash is reported with its place, an exit with its code', async () => {
  await start(
    'crasher',
    `export const activate = context => context.commands.register('crash', () => {
      setTimeout(() => {
        throw new Error('fell over');
      }, 1);
      return new Promise(() => {});
    });`,
  );
  await assert.rejects(call('crasher', 'crash'), { code: 'PW-PLUGIN-GONE' });
  const { status } = await failedWith('crasher');
  assert.equal(status.problem?.code, 'PW-PLUGIN-CRASHED');
  assert.match(status.problem?.message ?? '', /exit code 1: Error: fell over/);
  assert.equal(status.problem?.location?.line, 3);
  assert.equal(status.pid, undefined);

  await start(
    'leaver',
    `export const activate = context => context.commands.register('leave', () => process.exit(7));`,
  );
  await assert.rejects(call('leaver', 'leave'), { code: 'PW-PLUGIN-GONE' });
  assert.match((await failedWith('leaver')).status.problem?.message ?? '', /exit code 7/);
  await assert.rejects(call('leaver', 'leave'), { code: 'PW-PLUGIN-NOT-RUNNING' });
});

test('a plugin that ends while it is loaded is no riddle', async () => {
  await assert.rejects(start('stillborn', `process.exit(3);`), {
    code: 'PW-PLUGIN-CRASHED',
    message: /exit code 3/,
  });
  assert.equal(world.host.list().find(({ pluginId }) => pluginId === 'stillborn')?.state, 'failed');
});

test('what can not be started says why', async () => {
  const dir = await world.plugin('twice', { 'plugin.json': guideManifest('twice'), 'index.mjs': counter() });
  await world.host.start({ dir, watch: false });
  await assert.rejects(world.host.start({ dir, watch: false }), { code: 'PW-PLUGIN-RUNNING' });
  const other = await world.plugin('other', {
    'plugin.json': guideManifest('twice'),
    'index.mjs': counter(),
  });
  await assert.rejects(world.host.start({ dir: other, watch: false }), { code: 'PW-PLUGIN-ID-TAKEN' });
  await assert.rejects(world.host.start({ dir: path.join(world.dir, 'nowhere'), watch: false }), {
    code: 'PW-PLUGIN-FOLDER',
  });
  await mkdir(path.join(world.dir, 'empty'));
  await assert.rejects(world.host.start({ dir: path.join(world.dir, 'empty'), watch: false }), {
    code: 'PW-PLUGIN-MANIFEST-MISSING',
  });
  const noEntry = await world.plugin('no-entry', { 'plugin.json': guideManifest('no-entry') });
  await assert.rejects(world.host.start({ dir: noEntry, watch: false }), (error: WorkbenchError) => {
    assert.equal(error.code, 'PW-PLUGIN-MANIFEST');
    const findings = error.details?.['findings'] as readonly { code: string }[];
    assert.ok(findings.some(({ code }) => code === 'PW-MANIFEST-ENTRY-MISSING'));
    return true;
  });
  const picky = await createWorld(shipped, { nodePath: '/nowhere/node' });
  await assert.rejects(picky.host.start({ dir: other, watch: false }), { code: 'PW-RUNTIME-MISSING' });
  await picky.dispose();
});

test('data that can not be opened is an error, not an empty storage', async () => {
  const dir = await world.plugin('locked', {
    'plugin.json': guideManifest('locked'),
    'index.mjs': counter(),
  });
  await mkdir(path.join(world.dataDir, 'locked', 'storage.json'), { recursive: true });
  await assert.rejects(world.host.start({ dir, watch: false }), { code: 'PW-DATA-UNREADABLE' });
});

test('a start that is cancelled leaves nothing', async () => {
  const dir = await world.plugin('hurried', {
    'plugin.json': guideManifest('hurried'),
    'index.mjs': `console.log('loading'); await new Promise(resolve => setTimeout(resolve, 60_000)); export const activate = () => {};`,
  });
  const abort = new AbortController();
  const started = world.host.start({ dir, watch: false }, abort.signal);
  await world.seen(event('log', ({ pluginId, message }) => pluginId === 'hurried' && message === 'loading'));
  abort.abort();
  await assert.rejects(started, WorkbenchError);
  assert.equal(
    world.host.list().some(({ pluginId }) => pluginId === 'hurried'),
    false,
  );
});

test('a writable folder is writable, and the rest of the plugin is not', async () => {
  const manifest = {
    ...limitedManifest('writer', {}),
    capabilities: [{ id: 'w', scope: 'filesystem', permissions: ['write'], paths: ['./data/**', './*.txt'] }],
  };
  const status = await start(
    'writer',
    `import fs from 'node:fs';
    const attempt = file => { try { fs.writeFileSync(file, 'x'); return 'written'; } catch (error) { return error.code; } };
    export const activate = context => context.commands.register('ping', () => [attempt('data/a'), attempt('a.txt'), attempt('index.mjs')]);`,
    manifest,
  );
  assert.deepEqual(await call('writer', 'ping'), ['written', 'EROFS', 'EROFS']);
  assert.equal(existsSync(path.join(status.dir, 'data', 'a')), true);
  await world.seen(
    event(
      'log',
      ({ pluginId, message }) => pluginId === 'writer' && /\.\/\*\.txt.*broker only/.test(message),
    ),
  );
});

for (const node of findNodes()) {
  test(`a plugin the user lets run unconfined finds the SDK both ways, ${node.title}`, {
    skip: node.skip,
  }, async () => {
    const free = await createWorld(shipped, { unconfined: ['free'], nodePath: node.path });
    try {
      const dir = await free.plugin('free', {
        'plugin.json': guideManifest('free'),
        'index.mjs': `import { createRequire } from 'node:module';
        import { definePlugin } from 'plugin-workbench';
        const required = createRequire(import.meta.url)('plugin-workbench');
        export default definePlugin({
          activate: context => {
            context.commands.register('look', () => [process.cwd(), required.definePlugin === definePlugin]);
          },
        });`,
      });
      const status = await free.host.start({ dir, watch: false });
      assert.equal(status.confinement?.level, 'unconfined');
      const answer = await free.host.invoke({ pluginId: 'free', method: 'look', args: null });
      assert.deepEqual(answer, [status.dir, true]);
    } finally {
      await free.dispose();
    }
  });
}

test('after the shutdown nothing is left', async t => {
  // Of its own, so that what other tests make at the same time does not count.
  const tmp = await mkdtemp(path.join(tmpdir(), 'host-test-tmp-'));
  const outer = process.env['TMPDIR'];
  process.env['TMPDIR'] = tmp;
  t.after(() => {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    return rm(tmp, { recursive: true });
  });
  const brief = await createWorld(shipped);
  const pids: (number | undefined)[] = [];
  for (const id of ['one', 'two']) {
    const dir = await brief.plugin(id, { 'plugin.json': guideManifest(id), 'index.mjs': counter() });
    pids.push((await brief.host.start({ dir, watch: true })).pid);
  }
  await brief.host.shutdown();
  for (const pid of pids) assert.equal(existsSync(`/proc/${pid}`), false);
  assert.deepEqual(brief.host.list(), []);
  await assert.rejects(brief.host.start({ dir: brief.dir, watch: false }), { code: 'PW-HOST-CLOSED' });
  await brief.dispose();
  assert.deepEqual(await readdir(tmp), []);
});

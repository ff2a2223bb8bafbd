import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { guideManifest, limitedManifest } from './plugins.ts';
import { buildShipped, createWorld, type Shipped, type World } from './world.ts';

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

const quiet = `export const activate = context => context.commands.register('ping', () => 'pong');`;

/** A plugin that needs others. */
async function needing(name: string, needs: readonly string[], code = quiet): Promise<string> {
  const [id = '', version = '1.0.0'] = name.split('@');
  const manifest = limitedManifest(id, {});
  return world.plugin(name, {
    'plugin.json': {
      ...manifest,
      version,
      dependencies: { system: [], plugins: needs, packages: {} },
    },
    'index.mjs': code,
  });
}

const startedIds = (): string[] =>
  world.events.flatMap(one =>
    one.type === 'state' && one.status.state === 'running' ? [one.status.pluginId] : [],
  );

test('plugins start after those they need; what fails takes only its dependants with it', async () => {
  const dirs = [
    await needing('top', ['middle']),
    await needing('middle', ['base']),
    await needing('base', []),
    await needing('orphan', ['nobody']),
    await needing('leaning', ['broken']),
    await needing('broken', [], 'throw new Error("no");'),
  ];
  const { started, failed } = await world.host.startAll({ dirs, watch: false });
  assert.deepEqual(
    started.map(({ pluginId }) => pluginId),
    ['base', 'middle', 'top'],
  );
  assert.deepEqual(
    startedIds().filter((id, i, all) => all.indexOf(id) === i),
    ['base', 'middle', 'top'],
  );
  const codes = failed.map(({ pluginId, problem }) => [pluginId, problem.code]);
  assert.deepEqual(codes.sort(), [
    ['broken', 'PW-PLUGIN-LOAD'],
    ['leaning', 'PW-DEPENDENCY-FAILED'],
    ['orphan', 'PW-DEPENDENCY-MISSING'],
  ]);
  assert.match(failed.find(({ pluginId }) => pluginId === 'leaning')?.problem.message ?? '', /needs broken/);

  await assert.rejects(world.host.stop('base'), {
    code: 'PW-PLUGIN-NEEDED',
    details: { dependants: ['middle'] },
  });
  assert.equal(await call('base', 'ping'), 'pong');
  await world.host.stop('base', true);
  await world.host.stop('top');
  await world.host.stop('middle');
});

test('a single start brings what it needs from the known folders', async () => {
  const base = await needing('ground', []);
  const dir = await needing('tower', ['ground']);
  await assert.rejects(world.host.start({ dir, watch: false }), { code: 'PW-DEPENDENCY-MISSING' });
  const resolved = await world.host.dependencies({ dir, knownDirs: [base] });
  assert.deepEqual(
    resolved.map(({ pluginId, running }) => [pluginId, running]),
    [['ground', false]],
  );
  assert.equal((await world.host.start({ dir, watch: false, knownDirs: [base] })).state, 'running');
  assert.equal(world.host.status('ground').state, 'running');
  assert.deepEqual((await world.host.dependencies({ dir, knownDirs: [base] }))[0]?.running, true);
  assert.deepEqual(await world.host.loadDependencies({ dir, watch: false, knownDirs: [base] }), []);
  await world.host.stop('tower');
  await world.host.stop('ground');
});

test('plugins that are started at once share the start of what they need', async () => {
  const common = await needing('common', []);
  const [left, right] = [await needing('left', ['common']), await needing('right', ['common'])];
  const knownDirs = [common];
  const started = await Promise.all(
    [left, right, common].map(dir => world.host.start({ dir, watch: false, knownDirs })),
  );
  assert.deepEqual(
    started.map(({ pluginId, state }) => [pluginId, state]),
    [
      ['left', 'running'],
      ['right', 'running'],
      ['common', 'running'],
    ],
  );
  for (const id of ['left', 'right', 'common']) await world.host.stop(id);
});

test('a circle of needs is refused with its path', async () => {
  const dirs = [await needing('hen', ['egg']), await needing('egg', ['hen'])];
  const { started, failed } = await world.host.startAll({ dirs, watch: false });
  assert.deepEqual(started, []);
  assert.ok(
    failed.some(
      ({ problem }) => problem.code === 'PW-DEPENDENCY-CYCLE' && /hen → egg → hen/.test(problem.message),
    ),
  );
});

const talker = `
  export function activate(context) {
    let heard = [];
    context.commands.register('who', () => context.plugin?.id ?? null);
    context.commands.register('save', value => context.storage.set('k', value));
    context.commands.register('load', () => context.storage.get('k'));
    context.commands.register('shout', word => context.events.emit('word', word));
    context.commands.register('heard', () => heard);
    context.commands.register('ask', id => context.commands.execute(id, null));
    context.events.on('word', word => { heard.push(word); });
  }`;
const talking = { permissions: { storage: { read: true, write: true } } };

test('tenants share nothing: data, events, commands, grants, records', async () => {
  const files = { 'plugin.json': guideManifest('shared', talking), 'index.mjs': talker };
  const dir = await world.plugin('shared', files);
  const other = await world.plugin('neighbour', {
    'plugin.json': guideManifest('neighbour'),
    'index.mjs': quiet,
  });
  const [red, blue] = await Promise.all(
    ['red', 'blue'].map(tenant => world.host.start({ dir, watch: false, tenant })),
  );
  assert.deepEqual([red?.pluginId, red?.tenant, blue?.pluginId], ['red/shared', 'red', 'blue/shared']);
  await world.host.start({ dir, watch: false });
  await world.host.start({ dir: other, watch: false, tenant: 'red' });

  await call('red/shared', 'save', 'of red');
  assert.equal(await call('blue/shared', 'load'), null);
  assert.equal(await call('shared', 'load'), null);
  await call('red/shared', 'shout', 'hello');
  await until(async () => ((await call('red/shared', 'heard')) as Json[]).length === 1);
  assert.deepEqual(await call('blue/shared', 'heard'), []);
  assert.deepEqual(await call('shared', 'heard'), []);
  assert.equal(await call('red/shared', 'ask', 'neighbour:ping'), 'pong');
  await assert.rejects(call('blue/shared', 'ask', 'neighbour:ping'), /No running plugin/);
  await assert.rejects(call('blue/shared', 'ask', 'red/shared:load'), /No running plugin/);

  const key = world.host.grants('red/shared').find(({ action }) => action === 'write')?.key ?? assert.fail();
  await world.host.revokeGrant({ pluginId: 'red/shared', key });
  await assert.rejects(call('red/shared', 'save', 1), { code: 'PW-PERMISSION-DENIED' });
  await call('blue/shared', 'save', 'of blue');
  const denials = await world.host.readAudit({ pluginId: 'blue/shared', allowed: false });
  assert.deepEqual(denials, []);
  assert.equal((await world.host.readAudit({ pluginId: 'red/shared', allowed: false })).length, 1);
  assert.ok(existsSync(path.join(world.dataDir, 'tenants', 'red', 'shared', 'storage.json')));
  assert.ok(existsSync(path.join(world.dataDir, 'tenants', 'blue', 'shared', 'storage.json')));
  assert.ok(!existsSync(path.join(world.dataDir, 'shared', 'storage.json')));
  for (const id of ['red/shared', 'blue/shared', 'shared', 'red/neighbour']) await world.host.stop(id);
});

test('two versions of a plugin run side by side, and calls choose', async () => {
  const versioned = async (version: string): Promise<string> =>
    world.plugin(`tool-${version}`, {
      'plugin.json': guideManifest('tool', { ...talking, version }),
      'index.mjs': `${talker}\nexport const version = () => '${version}';`.replace(
        'let heard = [];',
        `let heard = []; context.commands.register('version', () => '${version}');`,
      ),
    });
  for (const version of ['1.0.0', '2.0.0']) {
    const { pluginId } = await world.host.start({
      dir: await versioned(version),
      watch: false,
      sideBySide: true,
    });
    assert.equal(pluginId, `tool@${version}`);
  }
  assert.equal(await call('tool@1.0.0', 'version'), '1.0.0');
  assert.equal(await call('tool@2.0.0', 'version'), '2.0.0');
  assert.equal(await call('tool@1.0.0', 'ask', 'tool@2.0.0:version'), '2.0.0');
  await call('tool@1.0.0', 'save', 'of one');
  assert.equal(await call('tool@2.0.0', 'load'), null);
  const third = await world.plugin('tool-copy', {
    'plugin.json': guideManifest('tool', { ...talking, version: '2.0.0' }),
    'index.mjs': talker,
  });
  const again = world.host.start({ dir: third, watch: false, sideBySide: true });
  await assert.rejects(again, { code: 'PW-PLUGIN-ID-TAKEN' });
});

test('code is executed by the plugin that knows its language', async () => {
  const dir = await world.plugin('js-runner', {
    'plugin.yaml': [
      'name: js-runner',
      'version: 1.0.0',
      'description: Runs arithmetic.',
      'author: The tests',
      'license: MIT',
      'supported_languages:',
      '  - javascript',
      'minimum_forgeai_version: 1.0.0',
      'security_level: high',
    ].join('\n'),
    'main.mjs': `
      export const activate = () => {};
      export const execute = ({ language, code }) => ({ language, code });
      export const executeFile = ({ language, path }) => ({ language, path });
      export const supportedLanguages = () => ['javascript'];`,
  });
  await world.host.start({ dir, watch: false });
  assert.deepEqual(world.host.languages(), [{ language: 'javascript', pluginId: 'js-runner' }]);
  assert.deepEqual(await world.host.execute({ language: 'JavaScript', code: '1' }), {
    language: 'JavaScript',
    code: '1',
  });
  assert.deepEqual(await world.host.executeFile({ path: '/w/a.mjs' }), {
    language: 'javascript',
    path: '/w/a.mjs',
  });
  await assert.rejects(world.host.execute({ language: 'cobol', code: '' }), { code: 'PW-EXECUTOR-NONE' });
  await assert.rejects(world.host.executeFile({ path: '/w/unknown' }), { code: 'PW-EXECUTOR-LANGUAGE' });
});

async function until(happened: () => Promise<boolean>): Promise<void> {
  while (!(await happened())) await new Promise(resolve => setTimeout(resolve, 10));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executeCommand, mayConsume } from '../../../src/host/services/commands.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';
import { type Answer, createPlugin, manifestOf, terms } from './exchange/neighbours.ts';

const echo =
  (pluginId: string): Answer =>
  (_, { method, args }) => [pluginId, method, args];
const owner = (pluginId: string, ...commands: string[]) =>
  createPlugin(pluginId, echo(pluginId), { commands });

const self = owner('self', 'own', 'both');
const others = [owner('one', 'unique', 'both', 'shared', 'a:b'), owner('two', 'shared')];

for (const [id, plugin, local] of [
  ['own', 'self', 'own'],
  ['both', 'self', 'both'],
  ['unique', 'one', 'unique'],
  ['two:shared', 'two', 'shared'],
  ['self:own', 'self', 'own'],
  ['one:both', 'one', 'both'],
  ['a:b', 'one', 'a:b'],
  ['one:a:b', 'one', 'a:b'],
] as const) {
  test(`"${id}" is the command ${local} of ${plugin}`, async () => {
    assert.deepEqual(await executeCommand(id, 7, { self, others }, terms), [plugin, local, 7]);
  });
}

for (const id of ['nothing', 'one:nothing', 'nobody:own', ':own', 'two:', '']) {
  test(`"${id}" is unknown`, async () => {
    await assert.rejects(executeCommand(id, null, { self, others }, terms), {
      code: ErrorCode.UnknownCommand,
    });
  });
}

test('a command that several have is refused with their full names', async () => {
  await assert.rejects(executeCommand('shared', null, { self, others }, terms), {
    code: ErrorCode.UnknownCommand,
    message: /one:shared, two:shared/,
  });
});

test('what another plugin throws arrives without its stack', async () => {
  const failing = createPlugin(
    'other',
    () => {
      throw new WireError(ErrorCode.PluginFailed, 'no', { name: 'Error', stack: '/home/someone/secret.js' });
    },
    { commands: ['fail'] },
  );
  await assert.rejects(executeCommand('fail', null, { self, others: [failing] }, terms), {
    code: ErrorCode.PluginFailed,
    message: 'no',
    data: { name: 'Error', plugin: 'other' },
  });
});

test('what a plugin may call of others, its manifest says where it lists that', () => {
  const listing = (...ids: string[]) =>
    manifestOf('self', { consumed: ids.map(id => ({ id, title: id, at: [] })) });
  assert.equal(mayConsume(manifestOf('self'), 'anything'), true);
  assert.equal(mayConsume(listing(), 'sum'), false);
  assert.equal(mayConsume(listing('sum'), 'sum'), true);
  assert.equal(mayConsume(listing('sum'), 'mean'), false);
});

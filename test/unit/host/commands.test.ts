import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandOwner, executeCommand } from '../../../src/host/services/commands.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';

const { signal } = new AbortController();

function owner(pluginId: string, ...ids: readonly string[]): CommandOwner {
  return { pluginId, hasCommand: id => ids.includes(id), run: async (id, args) => [pluginId, id, args] };
}

const caller = owner('self', 'own', 'both');
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
    assert.deepEqual(await executeCommand(id, 7, { caller, others }, signal), [plugin, local, 7]);
  });
}

for (const id of ['nothing', 'one:nothing', 'nobody:own', ':own', 'two:', '']) {
  test(`"${id}" is unknown`, async () => {
    await assert.rejects(executeCommand(id, null, { caller, others }, signal), {
      code: ErrorCode.UnknownCommand,
    });
  });
}

test('a command that several have is refused with their full names', async () => {
  await assert.rejects(executeCommand('shared', null, { caller, others }, signal), {
    code: ErrorCode.UnknownCommand,
    message: /one:shared, two:shared/,
  });
});

test('what another plugin throws arrives without its stack', async () => {
  const failing: CommandOwner = {
    ...owner('other', 'fail'),
    run: async () => {
      throw new WireError(ErrorCode.PluginFailed, 'no', { name: 'Error', stack: '/home/someone/secret.js' });
    },
  };
  await assert.rejects(executeCommand('fail', null, { caller, others: [failing] }, signal), {
    code: ErrorCode.PluginFailed,
    message: 'no',
    data: undefined,
  });
});

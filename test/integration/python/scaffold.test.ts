import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { diskFiles, planScaffold, templatesIn, writeChangeSet } from '../../../src/scaffold/index.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../host/world.ts';
import { findPythons } from './pythons.ts';

const templates = templatesIn(path.resolve(import.meta.dirname, '../../../templates'));

const [python] = findPythons();

describe('plugins begun in Python', { skip: python?.skip ?? false }, () => {
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

  async function begin(name: string, profile: 'aihub' | 'guide' | 'logomesh' | 'forgeai'): Promise<string> {
    const dir = path.join(world.dir, name);
    await writeChangeSet(
      dir,
      await planScaffold({ name, profile, language: 'python' }, templates),
      diskFiles,
    );
    return dir;
  }

  const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
    world.host.invoke({ pluginId, method, args });

  for (const profile of ['aihub', 'guide', 'logomesh'] as const) {
    test(`${profile}: the count goes on after a reload, the total after a restart`, async () => {
      const id = `begun-${profile}`;
      const dir = await begin(id, profile);
      await world.host.start({ dir, watch: false });
      const counted = (await Promise.all([1, 2, 3].map(() => call(id, 'count')))) as { total: number }[];
      assert.deepEqual(counted.map(({ total }) => total).sort(), [1, 2, 3], 'no count is lost');
      assert.equal(await call(id, 'greet', { name: 'Ada' }), 'Hello, Ada!');
      assert.equal(await call(id, 'greet'), 'Hello, world!');
      await world.host.reload(id);
      assert.deepEqual(await call(id, 'count'), { count: 4, total: 4 });
      await world.host.stop(id);
      await world.host.start({ dir, watch: false });
      assert.deepEqual(await call(id, 'count'), { count: 1, total: 5 });
    });
  }

  test('forgeai: it executes, and counts over a reload', async () => {
    const dir = await begin('mini', 'forgeai');
    await world.host.start({ dir, watch: false });
    assert.deepEqual(await call('mini', 'supportedLanguages'), ['mini']);
    const good = await call('mini', 'execute', { language: 'mini', code: 'print a\n\nprint b' });
    assert.deepEqual(good, { stdout: 'a\nb\n', stderr: '', exitCode: 0, executions: 1 });
    await assert.rejects(call('mini', 'execute', { language: 'cobol', code: '' }), /mini, not cobol/u);
    await world.host.reload('mini');
    const bad = await call('mini', 'executeFile', { filePath: path.join(dir, 'README.md') });
    assert.deepEqual(bad, { stdout: '', stderr: 'line 1: expected print\n', exitCode: 1, executions: 2 });
  });
});

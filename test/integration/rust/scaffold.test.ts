import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../../../src/protocol/plugin/index.ts';
import { diskFiles, planScaffold, writeChangeSet } from '../../../src/scaffold/index.ts';
import { templates } from '../../unit/scaffold/template-source.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../host/world.ts';
import { rustIsMissing } from './toolchain.ts';

describe('plugins begun in Rust', { skip: rustIsMissing }, () => {
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

  async function begin(name: string, profile: 'guide' | 'forgeai'): Promise<string> {
    const dir = path.join(world.dir, name);
    const plan = await planScaffold({ name, profile, language: 'rust' }, templates);
    await writeChangeSet(dir, plan, diskFiles);
    return realpathSync(dir);
  }

  const call = (pluginId: string, method: string, args: Json = null): Promise<Json> =>
    world.host.invoke({ pluginId, method, args });

  it('guide: the count goes on after a reload, the total after a restart', async () => {
    const dir = await begin('begun', 'guide');
    await world.host.start({ dir, watch: false });
    const counted = (await Promise.all([1, 2, 3].map(() => call('begun', 'count')))) as { total: number }[];
    assert.deepEqual(counted.map(({ total }) => total).sort(), [1, 2, 3], 'no count is lost');
    assert.equal(await call('begun', 'greet', { name: 'Ada' }), 'Hello, Ada!');
    assert.equal(await call('begun', 'greet'), 'Hello, world!');
    await world.host.reload('begun');
    assert.deepEqual(await call('begun', 'count'), { count: 4, total: 4 });
    await world.host.stop('begun');
    await world.host.start({ dir, watch: false });
    assert.deepEqual(await call('begun', 'count'), { count: 1, total: 5 });
    const warnings = world.events.filter(one => one.type === 'log' && one.level === 'warn');
    assert.deepEqual(warnings, []);
  });

  it('forgeai: it executes, and counts over a reload', async () => {
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

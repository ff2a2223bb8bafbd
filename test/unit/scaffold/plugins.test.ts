import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readManifest } from '../../../src/manifest/index.ts';
import { diskFiles, planScaffold, writeChangeSet } from '../../../src/scaffold/index.ts';
import { createMockContext } from './mock-context.ts';
import { templates } from './template-source.ts';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'scaffolded-'));
});
after(() => rm(dir, { recursive: true, force: true }));

/** Loads a fresh instance of a module, as a live reload does. */
let generation = 0;
const load = async (file: string) => import(`${pathToFileURL(file).href}?${generation++}`);

for (const language of ['javascript', 'typescript'] as const) {
  const extension = language === 'typescript' ? 'ts' : 'js';
  for (const profile of ['aihub', 'guide', 'logomesh'] as const) {
    test(`${profile} in ${language}: the count goes on after a reload, the total after a restart`, async () => {
      const target = join(dir, `${profile}-${language}`);
      await writeChangeSet(
        target,
        await planScaffold({ name: 'mine', profile, language }, templates),
        diskFiles,
      );
      const file = join(target, `index.${extension}`);
      const first = createMockContext();
      const plugin = await load(file);
      await plugin.activate(first.context);
      await Promise.all([first.invoke('count'), first.invoke('count'), first.invoke('count')]);
      assert.equal(first.stored.get('total'), 3, 'no count is lost when several come at once');
      assert.equal(first.emitted.length, 3);
      assert.equal(await first.invoke('greet', { name: 'Ada' }), 'Hello, Ada!');
      assert.equal(await first.invoke('greet'), 'Hello, world!');
      assert.ok(first.logged.includes('Plugin 0.1.0 is ready'));

      const next = createMockContext(first.stored);
      const reloaded = await load(file);
      await reloaded.activate(next.context);
      await reloaded.restoreState(await plugin.getState());
      assert.deepEqual(await next.invoke('count'), { count: 4, total: 4 });
      const restarted = createMockContext(first.stored);
      const fresh = await load(file);
      await fresh.activate(restarted.context);
      assert.deepEqual(await restarted.invoke('count'), { count: 1, total: 5 });
    });
  }

  test(`forgeai in ${language}: it executes, and counts over a reload`, async () => {
    const target = join(dir, `forgeai-${language}`);
    await writeChangeSet(
      target,
      await planScaffold({ name: 'mini', profile: 'forgeai', language }, templates),
      diskFiles,
    );
    const file = join(target, `main.${extension}`);
    const plugin = await load(file);
    const first = createMockContext();
    await plugin.activate(first.context);
    assert.deepEqual([...first.handlers.keys()].sort(), ['execute', 'executeFile', 'supportedLanguages']);
    assert.deepEqual(await first.invoke('supportedLanguages'), ['mini']);
    const good = await first.invoke('execute', { language: 'mini', code: 'print a\n\nprint b' });
    assert.deepEqual(good, { stdout: 'a\nb\n', stderr: '', exitCode: 0, executions: 1 });
    await assert.rejects(first.invoke('execute', { language: 'cobol', code: '' }), /mini, not cobol/u);
    const reloaded = await load(file);
    const next = createMockContext();
    await reloaded.activate(next.context);
    reloaded.restoreState(plugin.getState());
    const bad = await next.invoke('executeFile', { filePath: join(target, 'README.md') });
    assert.deepEqual(bad, { stdout: '', stderr: 'line 1: expected print\n', exitCode: 1, executions: 2 });
  });
}

describe('examples', () => {
  for (const [name, id, profile] of [
    ['hello-node', 'hello-node', 'aihub'],
    ['event-logger', 'event-logger', 'guide'],
  ] as const) {
    test(`the manifest of ${name} has no findings`, async () => {
      const present = await readdir(join(examples, name));
      const text = await readFile(join(examples, name, 'plugin.json'), 'utf8');
      const files = { kindOf: (path: string) => (present.includes(path) ? ('file' as const) : undefined) };
      const reading = readManifest({ text, file: join(examples, name, 'plugin.json'), files });
      assert.deepEqual(reading.findings, []);
      assert.deepEqual([reading.manifest?.id, reading.profile?.id], [id, profile]);
    });
  }

  test('hello-node is what the scaffold makes', async () => {
    const changes = await planScaffold(
      { name: 'hello-node', profile: 'aihub', language: 'javascript' },
      templates,
    );
    for (const [path, text] of changes)
      assert.equal(await readFile(join(examples, 'hello-node', path), 'utf8'), text, path);
  });

  test('event-logger keeps what it hears, over a restart and a reload', async () => {
    const { default: EventLogger } = await load(join(examples, 'event-logger', 'index.js'));
    const first = createMockContext();
    const plugin = new EventLogger();
    await plugin.activate(first.context);
    for (let i = 0; i < 105; i++) await first.announce('counted', { count: i });
    const recent = (await first.invoke('recent', { limit: 2 })) as { from: string; data: unknown }[];
    assert.deepEqual(
      recent.map(({ from, data }) => [from, data]),
      [
        ['other', { count: 103 }],
        ['other', { count: 104 }],
      ],
    );
    const second = createMockContext(first.stored);
    await new EventLogger().activate(second.context);
    assert.equal(((await second.invoke('recent', { limit: 1000 })) as unknown[]).length, 100);
    const third = createMockContext();
    const next = new EventLogger();
    await next.activate(third.context);
    next.restoreState(plugin.getState());
    assert.deepEqual(await third.invoke('clear'), { cleared: 100 });
    assert.deepEqual(await third.invoke('recent'), []);
  });
});

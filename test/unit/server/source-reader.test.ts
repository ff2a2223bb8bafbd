import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSourceReader, createWorkQueue } from '../../../src/server/source-checks/index.ts';

describe('the reader of a plugin’s source', () => {
  let top: string;
  let folder: string;
  before(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'plugin-workbench-reader-')));
    folder = join(top, 'plugin');
    for (const one of ['plugin/lib', 'plugin/node_modules/x', 'outside'])
      mkdirSync(join(top, one), { recursive: true });
    writeFileSync(join(folder, 'lib/a.js'), 'a');
    writeFileSync(join(folder, 'lib/a.min.js'), 'a');
    writeFileSync(join(folder, 'lib/a.txt'), 'a');
    writeFileSync(join(folder, 'node_modules/x/index.js'), 'x');
    writeFileSync(join(top, 'outside/b.js'), 'b');
    symlinkSync(join(top, 'outside'), join(folder, 'linked'));
    symlinkSync(join(top, 'outside/b.js'), join(folder, 'link.js'));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  it('reads the plugin’s own source and nothing else', () => {
    const files = createSourceReader().filesOf(folder, new Map());
    assert.deepEqual(files.read('lib/a.js'), { text: 'a', language: 'javascript' });
    for (const other of ['lib/a.txt', 'lib/a.min.js', 'lib/none.js', 'lib', 'node_modules/x/index.js']) {
      assert.equal(files.read(other), undefined, other);
    }
    for (const outside of [
      '../outside/b.js',
      'lib/../../outside/b.js',
      'linked/b.js',
      'link.js',
      join(top, 'outside/b.js'),
    ]) {
      assert.equal(files.read(outside), undefined, outside);
    }
    assert.deepEqual(files.filesIn('../outside/'), []);
    assert.deepEqual(files.filesIn('linked/'), []);
    assert.deepEqual(files.filesIn('lib/'), ['lib/a.js']);
  });

  it('takes what is open as it is typed, saved or not', () => {
    const open = new Map([
      [join(folder, 'lib/a.js'), 'typed'],
      [join(folder, 'lib/new.py'), 'new'],
    ]);
    const files = createSourceReader().filesOf(folder, open);
    assert.equal(files.read('lib/a.js')?.text, 'typed');
    assert.equal(files.read('lib/new.py')?.text, 'new');
    assert.deepEqual(files.filesIn('lib/'), ['lib/a.js', 'lib/new.py']);
    assert.deepEqual(files.filesIn(''), []);
  });

  it('sees a file that has changed', () => {
    const reader = createSourceReader();
    const read = (): string | undefined => reader.filesOf(folder, new Map()).read('lib/c.js')?.text;
    assert.equal(read(), undefined);
    writeFileSync(join(folder, 'lib/c.js'), 'one');
    assert.equal(read(), 'one');
    writeFileSync(join(folder, 'lib/c.js'), 'longer');
    assert.equal(read(), 'longer');
    rmSync(join(folder, 'lib/c.js'));
    assert.equal(read(), undefined);
  });
});

describe('the queue of checks', () => {
  it('does one after the other, the urgent first, and the last of each key', async () => {
    const done: string[] = [];
    let running = 0;
    let resolve = (): void => undefined;
    const promise = new Promise<void>(done => {
      resolve = done;
    });
    const queue = createWorkQueue(async work => {
      assert.equal(running++, 0);
      await work();
      running--;
    });
    const note = (name: string) => () => {
      done.push(name);
      if (name === 'last') resolve();
    };
    queue.add('a', note('a'));
    queue.add('b', note('old b'));
    queue.add('z', note('last'));
    queue.add('c', note('urgent c'), true);
    queue.add('gone', note('gone'));
    queue.remove('gone');
    queue.add('b', note('new b'), true);
    await promise;
    assert.deepEqual(done, ['new b', 'urgent c', 'a', 'last']);
  });
});

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { WorkbenchError } from '../../src/base/index.ts';
import type { Json } from '../../src/protocol/plugin/index.ts';
import { buildShipped, createWorld, type Shipped, type World } from '../integration/host/world.ts';
import { createSubject, languagesUnderTest, type Subject } from './subject.ts';

let shipped: Shipped;
before(async () => {
  shipped = await buildShipped();
});
after(() => shipped.dispose());

for (const language of languagesUnderTest) {
  describe(`files of a plugin in ${language.id}`, { skip: language.skip }, () => {
    let world: World;
    let subject: Subject;
    before(async () => {
      world = await createWorld(shipped);
      subject = await createSubject(world, language, 'subject');
      // A pattern that no bind can express: the host serves it.
      const paths = ['./data/*.txt'];
      await subject.grant([{ id: 'texts', scope: 'filesystem', permissions: ['read', 'write'], paths }]);
      await mkdir(path.join(subject.dir, 'data'));
      await writeFile(path.join(subject.dir, 'data', 'secret.key'), 'hidden');
      await subject.start();
    });
    after(() => world.dispose());

    test('are read, written, listed and removed through the host, as far as was granted', async () => {
      const use = (op: string, file: string, text?: string): Promise<Json> =>
        subject.call('file', { op, path: file, ...(text === undefined ? {} : { text }) });
      assert.equal(await use('size', 'data/a.txt'), null);
      assert.equal(await use('write', 'data/a.txt', 'grüße 🙂\n'), null);
      await use('append', 'data/a.txt', 'more\n');
      assert.equal(await use('read', 'data/a.txt'), 'grüße 🙂\nmore\n');
      assert.equal(
        await readFile(path.join(subject.dir, 'data', 'a.txt'), 'utf8'),
        'grüße 🙂\nmore\n',
        'it is on the disk',
      );
      assert.deepEqual(await use('list', 'data'), [{ name: 'a.txt', type: 'file' }]);
      assert.equal(await use('size', 'data/a.txt'), Buffer.byteLength('grüße 🙂\nmore\n'));
      for (const denied of ['data/secret.key', 'data/../plugin.json', '/etc/passwd']) {
        await assert.rejects(use('read', denied), (error: WorkbenchError) => {
          assert.equal(error.code, 'PW-PERMISSION-DENIED', denied);
          assert.match(error.message, /filesystem/);
          return true;
        });
      }
      await assert.rejects(use('write', 'data/secret.key', 'x'), { code: 'PW-PERMISSION-DENIED' });
      assert.equal(await readFile(path.join(subject.dir, 'data', 'secret.key'), 'utf8'), 'hidden');
      assert.equal(await use('remove', 'data/a.txt'), null);
      assert.equal(await use('size', 'data/a.txt'), null);
    });
  });
}

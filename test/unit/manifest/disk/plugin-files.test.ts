import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pluginFilesOnDisk } from '../../../../src/manifest/disk/index.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'plugin-workbench-files-'));
  mkdirSync(join(root, 'plugin', 'src'), { recursive: true });
  writeFileSync(join(root, 'plugin', 'src', 'main.js'), 'text');
  writeFileSync(join(root, 'plugin', 'large.txt'), ' '.repeat(300 * 1024));
  writeFileSync(join(root, 'plugin', 'bytes.txt'), Buffer.from([0xff, 0x41]));
  writeFileSync(join(root, 'outside.txt'), 'secret');
  symlinkSync('../outside.txt', join(root, 'plugin', 'out.txt'));
  symlinkSync('src/main.js', join(root, 'plugin', 'in.js'));
  symlinkSync('circle', join(root, 'plugin', 'circle'));
  symlinkSync('..', join(root, 'plugin', 'up'));
  symlinkSync(join(root, 'plugin'), join(root, 'linked'));
});
after(() => rmSync(root, { recursive: true, force: true }));

for (const folder of ['plugin', 'linked']) {
  test(`what is in the folder ${folder} is there, what lies outside is not`, () => {
    const { kindOf, textOf } = pluginFilesOnDisk(join(root, folder));
    assert.equal(kindOf('src'), 'folder');
    assert.equal(kindOf('src/main.js'), 'file');
    assert.equal(kindOf('in.js'), 'file');
    assert.equal(textOf?.('in.js'), 'text');
    for (const path of [
      '../outside.txt',
      'out.txt',
      'up/outside.txt',
      'up',
      'circle',
      'missing',
      'src/main.js/below',
      'a\0b',
      '/etc/passwd',
    ]) {
      assert.equal(kindOf(path), undefined, path);
      assert.equal(textOf?.(path), undefined, path);
    }
  });
}

test('a text is read when it is short and UTF-8', () => {
  const { textOf } = pluginFilesOnDisk(join(root, 'plugin'));
  assert.equal(textOf?.('src/main.js'), 'text');
  for (const path of ['large.txt', 'bytes.txt', 'src']) assert.equal(textOf?.(path), undefined, path);
});

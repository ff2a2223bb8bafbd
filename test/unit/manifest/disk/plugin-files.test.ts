import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pluginFilesOnDisk } from '../../../../src/manifest/disk/index.ts';

const root = mkdtempSync(join(tmpdir(), 'plugin-files-'));
after(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, 'plugin');
mkdirSync(join(folder, 'config'), { recursive: true });
writeFileSync(join(root, 'outside.txt'), 'not yours');
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(join(folder, 'config', 'default.yaml'), 'a: 1\n');
writeFileSync(join(folder, 'large.txt'), 'x'.repeat(256 * 1024 + 1));
writeFileSync(join(folder, 'bytes.txt'), Buffer.from([0xc3, 0x28]));
symlinkSync(join(root, 'outside.txt'), join(folder, 'link.txt'));
symlinkSync('circle', join(folder, 'circle'));

test('the text of a small file within the folder can be had, and no other', () => {
  const files = pluginFilesOnDisk(folder);
  assert.equal(files.textOf?.('package.json'), '{}');
  assert.equal(files.textOf?.('config/default.yaml'), 'a: 1\n');
  for (const path of [
    'config',
    'missing',
    '../outside.txt',
    'link.txt',
    'circle',
    'large.txt',
    'bytes.txt',
    'a\0b',
  ])
    assert.equal(files.textOf?.(path), undefined, path);
});

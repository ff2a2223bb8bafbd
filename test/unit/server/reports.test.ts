import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MAX_REVIEWED_FILES, sourcesOf } from '../../../src/server/reports/index.ts';
import { code, plain, sentence } from '../../../src/server/reports/markdown.ts';

test('text of a manifest stays text in a report', () => {
  assert.equal(plain('a [b](http://c) <d> `e`\n# f'), 'a \\[b\\]\\(http\\://c\\) \\<d\\> \\`e\\` \\# f');
  assert.equal(code('a`b'), '`` a`b ``');
  assert.equal(code('plain'), '`plain`');
  assert.equal(code(''), '`  `');
  assert.equal(sentence('The key `a[0]` is *odd*.'), 'The key `a[0]` is \\*odd\\*.');
  assert.equal(sentence('Open ` and ``[x](y)'), 'Open ` and `\\[x\\]\\(y\\)');
  assert.equal(sentence('One ` alone'), 'One \\` alone');
});

describe('the source a review looks at', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'plugin-workbench-review-'));
    for (const file of [
      'plugin.json',
      'main.js',
      'lib/a.ts',
      'lib/a.d.ts',
      'lib/notes.md',
      'node_modules/x/index.js',
      'other/plugin.yaml',
      'other/main.js',
      'z.js',
    ]) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    symlinkSync(root, join(root, 'lib', 'circle'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const found = async (isCancelled = () => false): Promise<string[]> => {
    const files: string[] = [];
    for await (const file of sourcesOf(root, isCancelled)) files.push(relative(root, file));
    return files;
  };

  test('is the plugin’s own', async () => {
    assert.deepEqual(await found(), ['main.js', 'z.js', join('lib', 'a.ts')]);
  });

  test('is none once nobody waits for it', async () => {
    assert.deepEqual(await found(() => true), []);
  });

  test('has a bound', async () => {
    mkdirSync(join(root, 'many'));
    for (let n = 0; n < MAX_REVIEWED_FILES + 10; n++) writeFileSync(join(root, 'many', `${n}.js`), '');
    assert.equal((await found()).length, MAX_REVIEWED_FILES + 1);
  });
});

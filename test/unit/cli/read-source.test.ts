import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { MAX_SOURCE_LENGTH } from '../../../src/analysis/index.ts';
import { readSource, SCAN_UNREADABLE } from '../../../src/cli/read-source.ts';

describe('reading source', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-source-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const read = async (content: Uint8Array | string) => {
    const file = join(root, 'a.js');
    await writeFile(file, content);
    return readSource(file);
  };

  it('reads text in whatever encoding', async () => {
    assert.equal((await read('\uFEFFlet ä;')).text, 'let ä;');
    assert.equal((await read(Buffer.from('\uFEFFlet ä;', 'utf16le'))).text, 'let ä;');
    assert.equal((await read(Buffer.from('\uFEFFlet ä;', 'utf16le').swap16())).text, 'let ä;');
    assert.equal((await read(Buffer.from('let a = 1;', 'utf16le'))).text, 'let a = 1;');
    assert.equal((await read(Buffer.from('let a = "ä";', 'latin1'))).text, 'let a = "\uFFFD";');
    assert.equal((await read('')).text, '');
    assert.equal((await read('\u001b[31m\t\f\r\n')).text, '\u001b[31m\t\f\r\n');
  });

  it('does not take a program for its source', async () => {
    const junk = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256);
    assert.equal((await read(junk)).finding?.code, SCAN_UNREADABLE);
  });

  it('reads no more than is looked at, and enough to see that there is more', async () => {
    const file = join(root, 'a.js');
    await writeFile(file, 'a'.repeat(4 * MAX_SOURCE_LENGTH));
    await truncate(file, 1024 * MAX_SOURCE_LENGTH);
    const { text = '' } = readSource(file);
    assert.ok(text.length > MAX_SOURCE_LENGTH && text.length < 4 * MAX_SOURCE_LENGTH);
    const wide = await read('€'.repeat(2 * MAX_SOURCE_LENGTH));
    assert.ok((wide.text ?? '').length > MAX_SOURCE_LENGTH);
  });

  it('reads nothing that is no file', () => {
    assert.equal(readSource(root).finding?.code, SCAN_UNREADABLE);
    assert.equal(readSource('/dev/zero').finding?.code, SCAN_UNREADABLE);
    assert.match(readSource(join(root, 'none.js')).finding?.message ?? '', /ENOENT/);
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type WriteFileAtomically, writeFileAtomically } from '../../../src/host/atomic-file.ts';
import { MAX_VALUE_BYTES, openStorage, type Storage } from '../../../src/host/services/storage.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';

const ROOM = 10 * 1024 * 1024;
let dir: string;
let warnings: string[];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'storage-test-'));
  warnings = [];
});
afterEach(() => rm(dir, { recursive: true }));

function open(write: WriteFileAtomically = writeFileAtomically): Promise<Storage> {
  return openStorage({ dir, write, warn: message => warnings.push(message) });
}

function diskFull(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

test('values are there again after a new start', async () => {
  const storage = await open();
  await storage.set('a', { n: [1, null, 'x'] }, ROOM);
  await storage.set('b', false, ROOM);
  assert.equal(await storage.delete('b'), true);
  assert.equal(await storage.delete('b'), false);
  const again = await open();
  assert.deepEqual(again.get('a'), { n: [1, null, 'x'] });
  assert.equal(again.get('b'), null);
  assert.deepEqual(again.keys(), ['a']);
});

test('keys with a meaning in JavaScript are keys like any other', async () => {
  const storage = await open();
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    await storage.set(key, { polluted: key }, ROOM);
  const again = await open();
  assert.deepEqual(again.get('__proto__'), { polluted: '__proto__' });
  assert.deepEqual(again.keys(), ['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
  assert.equal(again.get('valueOf'), null);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

test('a thousand changes at once are all kept, in a few writes', async () => {
  let writes = 0;
  const storage = await open(async (file, content) => {
    writes++;
    await writeFileAtomically(file, content);
  });
  await Promise.all(Array.from({ length: 1000 }, (_, n) => storage.set(`k${n % 100}`, n, ROOM)));
  assert.ok(writes <= 3, `${writes} writes`);
  const again = await open();
  assert.equal(again.keys().length, 100);
  assert.equal(again.get('k99'), 999);
});

test('a value that is not copied out can not be changed from outside', async () => {
  const storage = await open();
  const value = { list: [1] };
  await storage.set('v', value, ROOM);
  value.list.push(2);
  (storage.get('v') as { list: number[] }).list.push(3);
  assert.deepEqual(storage.get('v'), { list: [1] });
});

test('a value or a total beyond its bound is refused, and what was there stays', async () => {
  const storage = await open();
  await storage.set('a', 'kept', 100);
  await assert.rejects(storage.set('a', 'x'.repeat(MAX_VALUE_BYTES), ROOM), {
    code: ErrorCode.LimitExceeded,
  });
  await assert.rejects(storage.set('b', 'x'.repeat(100), 100), { code: ErrorCode.LimitExceeded });
  await storage.set('a', 'x'.repeat(90), 100);
  assert.equal(storage.get('b'), null);
  assert.equal((storage.get('a') as string).length, 90);
});

test('a damaged file is kept aside, and said so', async () => {
  const file = path.join(dir, 'storage.json');
  for (const [n, damage] of ['{"a": 1', '[]'].entries()) {
    await writeFile(file, damage);
    const storage = await open();
    assert.deepEqual(storage.keys(), []);
    assert.equal(await readFile(path.join(dir, `storage.corrupt-${n + 1}.json`), 'utf8'), damage);
    assert.match(warnings[n] ?? '', /damaged/);
  }
});

test('a full disk is a clear error; the old content and later changes are kept', async () => {
  let full = false;
  const storage = await open(async (file, content) => {
    if (full) throw diskFull();
    await writeFileAtomically(file, content);
  });
  await storage.set('a', 1, ROOM);
  full = true;
  await assert.rejects(storage.set('a', 2, ROOM), { code: ErrorCode.LimitExceeded, message: /disk is full/ });
  assert.equal(storage.get('a'), 1);
  full = false;
  await storage.set('b', 3, ROOM);
  const again = await open();
  assert.deepEqual([again.get('a'), again.get('b')], [1, 3]);
});

test('a write that fails leaves neither a half file nor a temporary one', async () => {
  const file = path.join(dir, 'storage.json');
  await writeFileAtomically(file, 'old');
  await assert.rejects(writeFileAtomically(path.join(file, 'below-a-file'), 'new'));
  const unwritable = 1 as unknown as string;
  await assert.rejects(writeFileAtomically(file, unwritable));
  assert.equal(await readFile(file, 'utf8'), 'old');
  assert.deepEqual(await readdir(dir), ['storage.json']);
});

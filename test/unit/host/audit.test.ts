import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createAuditLog } from '../../../src/host/broker/audit.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'audit-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

const unexpected = (error: unknown): void => assert.ifError(error);

const entry = (resource: string) => ({
  timestamp: 1,
  scope: 'storage',
  action: 'read',
  resource,
  allowed: true,
});

async function resourcesIn(file: string): Promise<string[]> {
  const text = await readFile(path.join(dir, file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map(line => (JSON.parse(line) as { resource: string }).resource);
}

test('entries are lines of JSON in the order they came, also across runs', async () => {
  for (const run of [0, 1]) {
    const log = createAuditLog(dir, unexpected);
    for (let n = 0; n < 3; n++) log.write(entry(`${run}.${n}`));
    await log.flush();
  }
  assert.deepEqual(await resourcesIn('audit.jsonl'), ['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
});

test('the log is put aside at 1 MiB, and one before it is kept', async () => {
  const log = createAuditLog(dir, unexpected);
  const padding = 'x'.repeat(1000);
  for (let n = 0; n < 3000; n++) {
    log.write(entry(`${n} ${padding}`));
    if (n % 100 === 0) await log.flush();
  }
  await log.flush();
  assert.deepEqual((await readdir(dir)).sort(), ['audit.jsonl', 'audit.previous.jsonl']);
  for (const file of await readdir(dir)) assert.ok((await stat(path.join(dir, file))).size <= 1024 * 1024);
  const kept = [...(await resourcesIn('audit.previous.jsonl')), ...(await resourcesIn('audit.jsonl'))];
  const numbers = kept.map(Number.parseFloat);
  assert.equal(numbers.at(-1), 2999);
  assert.ok(
    numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1),
    'no entry is missing in between',
  );
});

test('a log that can not be written is told once, and hurts nobody', async () => {
  const file = path.join(dir, 'no-folder');
  await writeFile(file, '');
  const errors: unknown[] = [];
  const log = createAuditLog(file, error => errors.push(error));
  log.write(entry('a'));
  await log.flush();
  log.write(entry('b'));
  await log.flush();
  assert.equal(errors.length, 1);
  await rm(file);
  await mkdir(file);
  log.write(entry('c'));
  await log.flush();
  assert.deepEqual(await readdir(file), ['audit.jsonl']);
});

test('a burst beyond what may wait is counted', async () => {
  const log = createAuditLog(dir, unexpected);
  const padding = 'x'.repeat(100_000);
  for (let n = 0; n < 60; n++) log.write(entry(`${n} ${padding}`));
  await log.flush();
  const text = await readFile(path.join(dir, 'audit.jsonl'), 'utf8');
  const last = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { dropped: number };
  assert.ok(last.dropped > 0 && last.dropped < 60);
});

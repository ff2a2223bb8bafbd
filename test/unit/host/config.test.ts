import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { writeFileAtomically } from '../../../src/host/atomic-file.ts';
import { openConfig } from '../../../src/host/services/config.ts';
import { ErrorCode, type Json } from '../../../src/protocol/plugin/index.ts';

let dir: string;
let warnings: string[];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'config-test-'));
  warnings = [];
});
afterEach(() => rm(dir, { recursive: true }));

const open = (defaults: Readonly<Record<string, Json>> = {}) =>
  openConfig({ dir, defaults, write: writeFileAtomically, warn: message => warnings.push(message) });

test('what the plugin sets overlays the defaults and is there in the next run', async () => {
  const config = await open({ color: 'red', size: 1 });
  await Promise.all([config.set('color', 'blue'), config.set('extra', [1])]);
  const all = { color: 'blue', size: 1, extra: [1] };
  assert.deepEqual(config.current(), all);
  assert.deepEqual((await open({ color: 'red', size: 1 })).current(), all);
});

test('__proto__ is a key like any other', async () => {
  const config = await open();
  await config.set('__proto__', { admin: true });
  const current = (await open()).current();
  assert.deepEqual(Object.keys(current), ['__proto__']);
  assert.equal(Object.getPrototypeOf(current), Object.prototype);
});

test('too much is refused, and the value before stays', async () => {
  const config = await open();
  await config.set('a', 1);
  await assert.rejects(config.set('a', 'x'.repeat(300_000)), { code: ErrorCode.LimitExceeded });
  assert.deepEqual(config.current(), { a: 1 });
});

test('a damaged file leaves the defaults, with a warning, and stays until something is set', async () => {
  const file = path.join(dir, 'config.json');
  await writeFile(file, '{');
  const config = await open({ a: 1 });
  assert.deepEqual(config.current(), { a: 1 });
  assert.equal(warnings.length, 1);
  assert.equal(await readFile(file, 'utf8'), '{');
});

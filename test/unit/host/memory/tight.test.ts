import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { createPool, type Pool } from '../../../../src/host/services/memory/pool.ts';
import type { Client } from '../../../../src/host/services/memory/segment.ts';
import { ErrorCode } from '../../../../src/protocol/plugin/index.ts';

const KIB = 1024;
let dir: string;
let free = 1000 * KIB;
let pool: Pool;
let owner: Client;
let other: Client;
const told: unknown[] = [];

before(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'memory-tight-'));
  const place = {
    dir,
    forOthers: false,
    free: () => free,
    remove: async () => rmSync(dir, { recursive: true }),
  };
  pool = createPool(place, { host: 256 * KIB, plugin: 64 * KIB });
  const ports = { mounted: false, may: () => true, formats: () => undefined, onMisuse: () => {} };
  owner = pool.attach('owner', { ...ports, notify: () => {} });
  other = pool.attach('other', { ...ports, notify: method => told.push(method) });
});
after(() => pool.dispose());

const isFull = (error: unknown): boolean =>
  (error as { code?: number }).code === ErrorCode.LimitExceeded && /of memory to share/.test(`${error}`);

test('where memory is scarce nothing more is allocated, a part is left to others, and nothing is half done', async () => {
  free = 11 * KIB;
  await assert.rejects(pool.allocate(owner, 10 * KIB, null, 64 * KIB), isFull);
  assert.deepEqual(readdirSync(path.join(dir, 'store')), []);
  const segment = await pool.allocate(owner, 9 * KIB, null, 64 * KIB);
  await assert.rejects(pool.resize(segment, 30 * KIB, 64 * KIB), isFull);
  assert.equal(segment.size, 9 * KIB);
  await pool.discard(segment);
});

test('a revocation that needs memory there isn’t fails as a whole; what a grant took away is taken away all the same', async () => {
  free = 1000 * KIB;
  const segment = await pool.allocate(owner, 9 * KIB, null, 64 * KIB);
  await pool.change(segment, { access: new Map([['other', 'read']]) });
  free = 0;
  await assert.rejects(pool.change(segment, { access: new Map() }), isFull);
  assert.equal(pool.find(other, segment.id), segment);
  assert.equal(segment.access.get('other'), 'read');
  Object.assign(other.ports, { may: () => false });
  await pool.recheck();
  assert.equal(pool.find(other, segment.id), undefined);
  assert.deepEqual(told, ['memory/revoked']);
});

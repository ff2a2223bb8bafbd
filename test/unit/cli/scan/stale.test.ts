import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CacheEntry } from '../../../../src/cli/scan/cache.ts';
import { staleFiles } from '../../../../src/cli/scan/stale.ts';

const entry = (hash: string, dependencies: Record<string, string> = {}): CacheEntry => ({
  hash,
  findings: [],
  dependencies,
});
const stale = (
  now: Record<string, string>,
  wanted: string[],
  entries: Record<string, CacheEntry>,
): string[] => [...staleFiles(wanted, new Map(Object.entries(entries)), name => now[name] ?? '-')].sort();

test('a file that is new or changed is looked at, one that is as it was is not', () => {
  const entries = { 'a.js': entry('1'), 'b.js': entry('1') };
  assert.deepEqual(stale({ 'a.js': '1', 'b.js': '1' }, ['a.js', 'b.js'], entries), []);
  assert.deepEqual(stale({ 'a.js': '1', 'b.js': '2', 'c.js': '1' }, ['a.js', 'b.js', 'c.js'], entries), [
    'b.js',
    'c.js',
  ]);
});

test('a file whose findings depend on another that changed, came or went is looked at, with what it takes in', () => {
  const entries = {
    'a.js': entry('1', { 'b.js': '1', 'b/': '5', 'none.js': '-' }),
    'b.js': entry('1'),
    'c.js': entry('1'),
  };
  const now = { 'a.js': '1', 'b.js': '1', 'c.js': '1', 'b/': '5' };
  const wanted = ['a.js', 'b.js', 'c.js'];
  assert.deepEqual(stale(now, wanted, entries), []);
  assert.deepEqual(stale({ ...now, 'b.js': '2' }, wanted, entries), ['a.js', 'b.js']);
  assert.deepEqual(stale({ ...now, 'none.js': '7' }, wanted, entries), ['a.js', 'b.js']);
  assert.deepEqual(stale({ ...now, 'b/': '6' }, wanted, entries), ['a.js', 'b.js']);
  assert.deepEqual(stale({ ...now, 'a.js': '2' }, wanted, entries), ['a.js', 'b.js']);
});

test('what a file took in that is not asked for any more is looked at by itself', () => {
  const entries = { 'a.js': entry('1', { 'b.js': '1' }), 'b.js': entry('1') };
  assert.deepEqual(stale({ 'b.js': '1' }, ['b.js'], entries), ['b.js']);
});

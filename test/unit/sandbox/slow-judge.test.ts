import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { measureFolders } from '../../../src/sandbox/monitor/disk-use.ts';
import { createSlowJudge } from '../../../src/sandbox/monitor/slow-judge.ts';

const limits = {
  memoryBytes: 1,
  cpuPercent: 1,
  fileHandles: 100,
  processes: 10,
  connections: 5,
  disk: { bytes: 1000, folders: ['/x'] },
};
const idle = { fileHandles: 1, processes: 1, connections: 0 };

test('each resource is warned of once, near its limit', () => {
  const judge = createSlowJudge(limits);
  assert.deepEqual(judge({ counts: idle, diskBytes: 0 }), []);
  const busy = { fileHandles: 80, processes: 8, connections: 4 };
  assert.deepEqual(
    judge({ counts: busy, diskBytes: 800 }).map(({ resource, action }) => `${resource} ${action}`),
    ['fileHandles warned', 'processes warned', 'connections warned', 'disk warned'],
  );
  assert.deepEqual(judge({ counts: busy, diskBytes: 900 }), []);
});

test('filling the disk ends the plugin; what the kernel holds is only warned of', () => {
  const judge = createSlowJudge(limits);
  const full = { fileHandles: 100, processes: 10, connections: 9 };
  assert.deepEqual(
    judge({ counts: full, diskBytes: 1000 }).map(({ resource, action }) => `${resource} ${action}`),
    ['fileHandles warned', 'processes warned', 'connections warned', 'disk killed'],
  );
});

test('a limit nobody set is not watched', () => {
  const judge = createSlowJudge({ memoryBytes: 1, cpuPercent: 1 });
  assert.deepEqual(
    judge({ counts: { fileHandles: 9e9, processes: 9e9, connections: 9e9 }, diskBytes: 9e9 }),
    [],
  );
});

test('folders are measured by the blocks their own files take up', async () => {
  const root = mkdtempSync(join(tmpdir(), 'disk-use-'));
  try {
    mkdirSync(join(root, 'in/deep'), { recursive: true });
    mkdirSync(join(root, 'out'));
    writeFileSync(join(root, 'in/deep/a'), Buffer.alloc(100_000, 1));
    writeFileSync(join(root, 'out/b'), Buffer.alloc(1_000_000, 1));
    symlinkSync(join(root, 'out'), join(root, 'in/link'));
    const bytes = await measureFolders([join(root, 'in'), join(root, 'none')]);
    assert.ok(bytes >= 100_000 && bytes < 200_000, `${bytes}`);
  } finally {
    rmSync(root, { recursive: true });
  }
});

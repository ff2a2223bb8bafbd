import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { findPythons } from './pythons.ts';

const root = path.resolve(import.meta.dirname, '../../..');

for (const python of findPythons()) {
  test(`requests wait for their turn on ${python.title}`, { skip: python.skip }, () => {
    const script = path.join(import.meta.dirname, 'fixtures', 'check_in_flight.py');
    const told = execFileSync(python.path, ['-I', '-B', script, path.join(root, 'src/sdk/python')]);
    const { total, ...found } = JSON.parse(told.toString()) as Record<string, unknown>;
    assert.ok(Number(total) < 1024, 'fewer than the host takes');
    assert.deepEqual(found, {
      sent: true,
      waiting: false,
      'other lane': true,
      'given up': null,
      next: '257',
      'next after an unknown one': null,
      last: '258',
      'none left': null,
      'room again': true,
    });
  });
}

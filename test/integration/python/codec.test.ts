import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { findPythons } from './pythons.ts';

const root = path.resolve(import.meta.dirname, '../../..');

for (const python of findPythons()) {
  test(`values keep their types in three formats on ${python.title}`, { skip: python.skip }, () => {
    const script = path.join(import.meta.dirname, 'fixtures', 'check_vectors.py');
    const files = [path.join(root, 'src/sdk/python'), path.join(root, 'test/vectors/codec.json')];
    const told = execFileSync(python.path, ['-I', '-B', script, ...files], { encoding: 'utf8' });
    const { checked, wrong } = JSON.parse(told) as { checked: number; wrong: string[] };
    assert.deepEqual(wrong, []);
    assert.ok(checked > 500, `${checked} were checked`);
  });
}

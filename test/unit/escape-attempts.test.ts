import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { attempts, countByArea } from '../security/attempts/index.ts';

const page = path.join(import.meta.dirname, '../../docs/security-model.md');

test('the security model tells how many attempts there are', () => {
  const [, section = ''] = /^## How it is tried$(.*?)^## /ms.exec(readFileSync(page, 'utf8')) ?? [];
  const told = [...section.matchAll(/^\| ([^|]+) \| (\d+) \|$/gm)].map(([, area, count]) => [
    area,
    Number(count),
  ]);
  assert.deepEqual(told, [...countByArea(), ['all', attempts.length]]);
});

test('an attempt can be told by its area and title', () => {
  const names = attempts.map(({ area, title }) => `${area}: ${title}`);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
});

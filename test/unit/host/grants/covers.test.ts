import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import picomatch from 'picomatch';
import type { BareCapability } from '../../../../src/host/grants/capability-key.ts';
import { covers, coversPattern } from '../../../../src/host/grants/covers.ts';

const read = (resource: string, restrictions: BareCapability['restrictions'] = {}): BareCapability => ({
  scope: 'filesystem',
  action: 'read',
  resource,
  restrictions,
});

const cases: readonly (readonly [outer: string, inner: string, covered: boolean])[] = [
  ['*', './data/**', true],
  ['./data/**', './data/**', true],
  ['./data/**', './data/a.txt', true],
  ['./data/**', './data/deep/**', true],
  ['./data/**', './data/*.txt', true],
  ['./data/**', './data/../secret', false],
  ['./data/**', './data/../**', false],
  ['./data/**', './other/**', false],
  ['./data/**', './database/**', false],
  ['./data/*.txt', './data/a.txt', true],
  ['./data/*.txt', './data/**', false],
  // It may be so, and nobody can tell for sure.
  ['./{a,b}/**', './a/**', false],
  ['api.example.com', 'api.example.com', true],
  ['*.example.com', 'api.example.com', true],
  ['api.example.com', '*.example.com', false],
];
for (const [outer, inner, covered] of cases) {
  test(`${outer} ${covered ? 'covers' : 'does not cover'} ${inner}`, () => {
    assert.equal(coversPattern(outer, inner), covered);
  });
}

test('a pattern that is covered matches nothing that the covering one does not', () => {
  const part = fc.constantFrom('a', 'b', '*', '**', 'a*', '..', 'x.txt');
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map(parts => `./${parts.join('/')}`);
  const name = fc.constantFrom('a', 'b', 'ab', 'x.txt', 'c');
  const file = fc.array(name, { minLength: 1, maxLength: 4 }).map(parts => `./${parts.join('/')}`);
  fc.assert(
    fc.property(pattern, pattern, fc.array(file, { minLength: 1, maxLength: 30 }), (outer, inner, files) => {
      if (!coversPattern(outer, inner)) return;
      const options = { dot: true, nonegate: true };
      const plain = (pattern: string): string => pattern.slice(2);
      for (const one of files.map(plain)) {
        if (picomatch.isMatch(one, plain(inner), options))
          assert.ok(picomatch.isMatch(one, plain(outer), options), one);
      }
    }),
    { numRuns: 2000 },
  );
});

test('conditions count: what is narrower may have more of them, never fewer', () => {
  assert.ok(covers(read('*'), read('./a', { maxBytes: 10 })));
  assert.ok(covers(read('*', { maxBytes: 10 }), read('./a', { maxBytes: 5 })));
  assert.ok(!covers(read('*', { maxBytes: 10 }), read('./a', { maxBytes: 11 })));
  assert.ok(!covers(read('*', { maxBytes: 10 }), read('./a')));
  assert.ok(covers(read('*', { methods: ['GET', 'PUT'] }), read('./a', { methods: ['GET'] })));
  assert.ok(!covers(read('*', { methods: ['GET'] }), read('./a', { methods: ['GET', 'PUT'] })));
});

test('scope and action count', () => {
  assert.ok(!covers(read('*'), { ...read('*'), action: 'write' }));
  assert.ok(covers({ ...read('*'), action: '*' }, { ...read('*'), action: 'write' }));
  assert.ok(!covers(read('*'), { ...read('*'), scope: 'storage' }));
});

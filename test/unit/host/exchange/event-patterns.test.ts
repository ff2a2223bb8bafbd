import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern, isPattern, partsOf } from '../../../../src/host/services/event-patterns.ts';

const matches = (pattern: string, name: string): boolean => compilePattern(pattern)(partsOf(name));

for (const [pattern, name, expected] of [
  ['user.*', 'user.created', true],
  ['user.*', 'user:created', true],
  ['user.*', 'user', false],
  ['user.*', 'user.created.now', false],
  ['*', 'user', true],
  ['*', '', true],
  ['**', 'user.created.now', true],
  ['user.**', 'user', true],
  ['user.**', 'user.created:now', true],
  ['**.now', 'now', true],
  ['a.**.z', 'a.z', true],
  ['a.**.z', 'a.b.c.z', true],
  ['a.**.z', 'a.b.c', false],
  ['a.*.**', 'a', false],
  ['**.a.**.b', 'x.a.y.a.b', true],
  ['user*', 'users', false],
  ['user*', 'user*', true],
  ['a.+', 'a.b', false],
] as const) {
  test(`"${pattern}" ${expected ? 'matches' : 'does not match'} "${name}"`, () => {
    assert.equal(matches(pattern, name), expected);
  });
}

test('a name is a pattern when a part of it is a star or two', () => {
  for (const name of ['*', '**', 'a.*', 'a:**:b']) assert.equal(isPattern(name), true, name);
  for (const name of ['', 'a.b', 'a*', '***', 'a.*b', '**a:c']) assert.equal(isPattern(name), false, name);
});

/** The meaning of a pattern, as one would say it. */
function naive(pattern: readonly string[], parts: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return parts.length === 0;
  if (first === '**') {
    return Array.from({ length: parts.length + 1 }, (_, n) => naive(rest, parts.slice(n))).some(Boolean);
  }
  return parts.length > 0 && (first === '*' || first === parts[0]) && naive(rest, parts.slice(1));
}

test('any pattern matches what its meaning says', () => {
  const part = fc.constantFrom('a', 'b', 'c');
  const separator = fc.constantFrom('.', ':');
  const written = (parts: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.array(fc.tuple(parts, separator), { maxLength: 7 }), parts)
      .map(([head, last]) => `${head.map(pair => pair.join('')).join('')}${last}`);
  const pattern = written(fc.oneof(part, fc.constantFrom('*', '**')));
  fc.assert(
    fc.property(pattern, written(part), (wanted, name) => {
      assert.equal(matches(wanted, name), naive(wanted.split(/[.:]/), name.split(/[.:]/)));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern of many stars is compared in few steps', () => {
  const stars = Array.from({ length: 120 }, () => '**.a').join('.');
  const name = Array.from({ length: 250 }, () => 'a').join('.');
  // Backtracking over every star would take longer than anyone waits.
  assert.equal(matches(`${stars}.b`, name), false);
});

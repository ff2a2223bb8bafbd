import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { components, shortestPath } from '../../../src/manifest/workspace/cycles.ts';

const size = 8;
const names = Array.from({ length: size }, (_, n) => `p${n}`);
const graphs = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 20 });

test('two ids are in one component exactly when each leads to the other', () => {
  fc.assert(
    fc.property(graphs, pairs => {
      const edges = (id: string): string[] =>
        pairs.flatMap(([from, to]) => (names[from] === id ? [names[to] ?? ''] : []));
      const found = components(names, edges);
      for (const a of names) {
        for (const b of names) {
          const leads = shortestPath(a, b, edges) !== undefined && shortestPath(b, a, edges) !== undefined;
          assert.equal(found.get(a) === found.get(b), leads, `${a} ${b} ${JSON.stringify(pairs)}`);
        }
      }
    }),
  );
});

test('a chain longer than the stack is deep is no matter', () => {
  const last = 200_000;
  const found = components(['0'], id => [Number(id) < last ? String(Number(id) + 1) : '0']);
  assert.equal(found.get('0'), found.get(String(last)));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Circles, maxSteps } from '../../../src/manifest/workspace/circles.ts';
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

test('a way around a circle is a shortest one where the circle is small', () => {
  fc.assert(
    fc.property(graphs, pairs => {
      const edges = (id: string): string[] =>
        pairs.flatMap(([from, to]) => (names[from] === id ? [names[to] ?? ''] : []));
      const circles = new Circles(names, edges);
      for (const a of names) {
        for (const b of names) {
          const there = shortestPath(a, b, edges);
          const isCircle = there !== undefined && shortestPath(b, a, edges) !== undefined;
          const way = circles.way(a, b);
          assert.equal(way?.ids.length, isCircle ? there.length : undefined, `${a} ${b}`);
          if (way !== undefined) assert.ok(way.isWhole);
        }
      }
    }),
  );
});

test('a way through a large component is a way all the same', () => {
  const many = 400;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(many - 1), fc.nat(many - 1)), { maxLength: 300 }), pairs => {
      const next = new Map<string, string[]>();
      for (let n = 0; n < many; n++) next.set(String(n), [String((n + 1) % many)]);
      for (const [from, to] of pairs) next.get(String(from))?.push(String(to));
      const edges = (id: string): readonly string[] => next.get(id) ?? [];
      const circles = new Circles(next.keys(), edges);
      for (const [from, to] of pairs) {
        const { ids, isWhole } = circles.way(String(from), String(to)) ?? assert.fail('it is in a circle');
        assert.equal(ids[0], String(from));
        assert.equal(ids.at(-1) === String(to), isWhole);
        assert.equal(new Set(ids).size, ids.length, 'nothing is passed twice');
        assert.ok(ids.length <= maxSteps);
        for (const [step, id] of ids.entries()) {
          const after = ids[step + 1];
          if (after !== undefined) assert.ok(edges(id).includes(after), `${id} does not lead to ${after}`);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a circle of a thousand is not walked through a thousand times', () => {
  const many = 1000;
  let asked = 0;
  const edges = (id: string): string[] => {
    asked++;
    return [String((Number(id) + 1) % many)];
  };
  const ids = Array.from({ length: many }, (_, n) => String(n));
  const circles = new Circles(ids, edges);
  for (const [n, id] of ids.entries()) assert.ok(circles.way(String((n + 1) % many), id));
  // Going all the way around for each would ask a million times.
  assert.ok(asked < 100 * many, `${asked}`);
});

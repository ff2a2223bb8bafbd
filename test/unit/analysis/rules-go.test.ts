import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine } from '../../../src/analysis/index.ts';
import { goRules } from '../../../src/analysis/rules/go/index.ts';
import { findingsByLine, productEngine } from './engine-from-modules.ts';

describe('documentation of the rules for Go', () => {
  let engine: Engine;
  before(async () => {
    engine = await productEngine();
  });
  const codesIn = (code: string): string[] =>
    [...findingsByLine(engine, 'example.go', `package example\n\n${code}`, 'go').values()]
      .flat()
      .map(found => found.replace(/:.*/, ''));

  for (const { id, docs } of goRules) {
    it(`${id} reports what it calls bad, and not what it calls good`, () => {
      assert.ok(codesIn(docs.bad).includes(id), docs.bad);
      assert.ok(!codesIn(docs.good).includes(id), docs.good);
    });
  }

  it('gives every rule an identifier of its own', () => {
    assert.equal(new Set(goRules.map(({ id }) => id)).size, goRules.length);
    for (const { id } of goRules) assert.match(id, /^PW-GO-[A-Z]+(?:-[A-Z]+)*$/);
  });
});

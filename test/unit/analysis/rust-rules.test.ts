import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine } from '../../../src/analysis/index.ts';
import { rustRules } from '../../../src/analysis/rules/rust/index.ts';
import { findingsByLine, productEngine } from './engine-from-modules.ts';

describe('the rules about Rust', () => {
  let engine: Engine;
  before(async () => {
    engine = await productEngine();
  });
  const codesIn = (text: string): string[] =>
    [...findingsByLine(engine, 'src/main.rs', text, 'rust').values()]
      .flat()
      .map(one => one.split(':')[0] ?? '');

  for (const { id, docs } of rustRules) {
    it(`${id} reports what its documentation calls bad, and no rule what it calls good`, () => {
      assert.ok(codesIn(docs.bad).includes(id), docs.bad);
      assert.deepEqual(codesIn(docs.good), [], docs.good);
    });
  }
});

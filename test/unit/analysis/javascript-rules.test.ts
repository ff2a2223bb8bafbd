import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine } from '../../../src/analysis/index.ts';
import { javascriptRules } from '../../../src/analysis/rules/javascript/index.ts';
import { isExponential } from '../../../src/analysis/rules/javascript/regex-shape.ts';
import { findingsByLine, productEngine } from './engine-from-modules.ts';

describe('the rules about JavaScript and TypeScript', () => {
  let engine: Engine;
  before(async () => {
    engine = await productEngine();
  });
  const codesIn = (text: string): string[] =>
    [...findingsByLine(engine, 'index.js', text, 'javascript').values()]
      .flat()
      .map(one => one.split(':')[0] ?? '');

  for (const { id, docs } of javascriptRules) {
    it(`${id} reports what its documentation calls bad, and no rule what it calls good`, () => {
      // A real-looking token in the documentation would itself be reported by every scanner.
      assert.ok(codesIn(docs.bad.replace('ghp_…', `ghp_${'a1B2'.repeat(9)}`)).includes(id), docs.bad);
      assert.deepEqual(codesIn(docs.good), [], docs.good);
    });
  }

  it('have ids of one form, each once', () => {
    const ids = javascriptRules.map(rule => rule.id);
    for (const id of ids) assert.match(id, /^PW-JS-[A-Z]+(?:-[A-Z]+)*$/);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('expressions that can take forever', () => {
  it('repeat a repetition with nothing in between', () => {
    for (const pattern of [
      '(a+)+b',
      '(a*)*b',
      '^(\\w+\\s?)*$',
      '([a-z]+)*$',
      '(.*a){2,}$',
      '(a|a)*b',
      '(?:\\d+\\.?)+$',
    ]) {
      assert.ok(isExponential(pattern), pattern);
    }
  });
  it('are not those whose rounds can be told apart', () => {
    for (const pattern of [
      '(?:[._-]+[a-z]+)*',
      '(\\S+\\s+)*',
      '^[\\w\\s]*$',
      '(?:a{1,3}b)+',
      '(?:\\s+|#[^\\n]*)+',
      '(?:--.*\\n\\s*)*select',
      '(["\']).*?\\1',
      '(?:\\/\\*.*\\*\\/)?',
      '\\(a+\\)+',
      '[(a+)]+',
      '(',
      '[',
    ]) {
      assert.ok(!isExponential(pattern), pattern);
    }
  });
  it('are looked at in a time that does not explode itself', () => {
    assert.ok(!isExponential(`${'('.repeat(2_000)}a${')'.repeat(2_000)}`));
    assert.ok(!isExponential(`^(?:${'a?b,'.repeat(2_000)})*$`));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseManifest } from '../../../src/manifest/index.ts';
import { jsonPlace } from '../../../src/server/completion/json-place.ts';
import type { Place } from '../../../src/server/completion/place.ts';
import { yamlPlace } from '../../../src/server/completion/yaml-place.ts';
import { readMarked } from '../../integration/server/marked-text.ts';

const placeIn = (file: string, marked: string): Place | undefined => {
  const { text, cursor } = readMarked(marked);
  const document = parseManifest(text, file);
  const offset = document.lines.offsetAt(cursor);
  return file.endsWith('json') ? jsonPlace(document, offset) : yamlPlace(document, offset);
};

/** Kind and path of the place, or nothing. */
const brief = (file: string, marked: string): string => {
  const place = placeIn(file, marked);
  return place === undefined ? '' : `${place.kind} /${place.path.join('/')}`;
};

describe('the place of the cursor in YAML', () => {
  const cases: [string, string][] = [
    ['‸', 'key /'],
    ['a: 1\n‸', 'key /'],
    ['a: ‸', 'value /a'],
    ['a:‸', 'value /a'],
    ['a:\n  ‸', 'key /a'],
    ['a:\n‸', 'key /'],
    ['a:\n  b: 1\n  ‸\nc: 2', 'key /a'],
    ['a:\n  b:\n    c: 1\n  ‸', 'key /a'],
    ['a:\n  - ‸', 'value /a/0'],
    ['a:\n- ‸', 'value /a/0'],
    ['a:\n- x\n- ‸', 'value /a/1'],
    ['a:\n- x\n‸', 'key /'],
    ['a:\n  - b: 1\n    ‸', 'key /a/0'],
    ['a:\n  - b: 1\n  - c: ‸', 'value /a/1/c'],
    ['a:\n  - - ‸', 'value /a/0/0'],
    ['a: [‸]', 'value /a/0'],
    ['a: [x, ‸', 'value /a/1'],
    ['a: [x,\n  y, ‸]', 'value /a/2'],
    ['a: {b: 1, ‸}', 'key /a'],
    ['a: {b: ‸}', 'value /a/b'],
    ['a: {b: [1, {c: ‸', 'value /a/b/1/c'],
    ['a: {b: 1}\n‸', 'key /'],
    ['"a b": ‸', 'value /a b'],
    ['a: x # ‸', ''],
    ['# ‸', ''],
    ['a: "x # y‸"', 'value /a'],
    ['a: |\n  text ‸\nb: 1', ''],
    ['a: |\n  text\nb: ‸', 'value /b'],
    ['--- ‸', ''],
    ['x: 1\n---\na:\n  ‸', 'key /a'],
    ['url: http://a.b:80/c\n‸', 'key /'],
  ];
  for (const [marked, expected] of cases) {
    it(JSON.stringify(marked), () => assert.equal(brief('/p/plugin.yaml', marked), expected));
  }

  it('knows the keys before and after, not the one being typed', () => {
    const place = placeIn('/p/plugin.yaml', 'a: 1\nm:\n  x: 1\n  y‸\n  z: 1\nb: 2\n');
    assert.deepEqual([...(place?.taken ?? [])], ['x', 'z']);
    const renamed = placeIn('/p/plugin.yaml', 'm:\n  x: 1\n  y‸y: 2\n');
    assert.deepEqual([...(renamed?.taken ?? [])], ['x']);
    assert.equal(renamed?.hasValue, true);
  });
});

describe('the place of the cursor in JSON', () => {
  const cases: [string, string][] = [
    ['‸', 'value /'],
    ['{‸}', 'key /'],
    ['{"‸"}', 'key /'],
    ['{"a‸": 1}', 'key /'],
    ['{"a": ‸}', 'value /a'],
    ['{"a": "‸"', 'value /a'],
    ['{"a": {‸}}', 'key /a'],
    ['{"a": [‸]}', 'value /a/0'],
    ['{"a": [1, ‸]}', 'value /a/1'],
    ['{"a": [{"b": 1, ‸', 'key /a/0'],
    ['{"a": 1\n ‸ }', 'key /'],
    ['{"a": {"b": 1}\n "c‸" }', 'key /'],
    ['{"a": 1, // ‸\n}', ''],
    ['{"a": 1, /* ‸ */ }', ''],
    ['{"a": 1} ', 'value /'],
  ];
  for (const [marked, expected] of cases) {
    it(JSON.stringify(marked), () => assert.equal(brief('/p/plugin.json', marked), expected));
  }
});

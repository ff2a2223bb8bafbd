import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  appendItem,
  applyEdits,
  editManifest,
  parseManifest,
  removeAt,
  type SourcePath,
  setProperty,
} from '../../../src/manifest/index.ts';

const json = (text: string) => parseManifest(text, '/p/plugin.json');
const yaml = (text: string) => parseManifest(text, '/p/plugin.yaml');
const set = (document: ReturnType<typeof json>, path: SourcePath, value: unknown) =>
  applyEdits(document.text, setProperty(document, path, value));
const append = (document: ReturnType<typeof json>, path: SourcePath, value: unknown) =>
  applyEdits(document.text, appendItem(document, path, value));
const remove = (document: ReturnType<typeof json>, path: SourcePath) =>
  applyEdits(document.text, removeAt(document, path));

describe('JSON', () => {
  test('a property is added as the others are laid out', () => {
    assert.equal(set(json('{}'), ['a'], 1), '{ "a": 1 }');
    assert.equal(set(json('{"a": 1}'), ['b'], 'x'), '{"a": 1, "b": "x"}');
    assert.equal(set(json('{\n  "a": 1\n}\n'), ['b'], true), '{\n  "a": 1,\n  "b": true\n}\n');
    assert.equal(set(json('{\r\n\t"a": 1,\r\n}'), ['b'], 2), '{\r\n\t"a": 1,\r\n\t"b": 2,\r\n}');
  });

  test('objects on the way are made, what is there is replaced', () => {
    assert.equal(
      set(json('{\n  "a": 1\n}'), ['b', 'c'], ['x']),
      '{\n  "a": 1,\n  "b": {\n    "c": ["x"]\n  }\n}',
    );
    assert.equal(set(json('{"a": {"b": 1}}'), ['a', 'c'], 2), '{"a": {"b": 1, "c": 2}}');
    assert.equal(set(json('{"a": 1}'), ['a'], 2), '{"a": 2}');
    assert.equal(set(json('{"a": 1}'), ['a', 'b'], 2), '{"a": { "b": 2 }}');
    assert.equal(set(json('{"a": [{"b": 1}]}'), ['a', 0, 'c'], 2), '{"a": [{"b": 1, "c": 2}]}');
  });

  test('comments stay with what they are about', () => {
    assert.equal(set(json('{\n  "a": 1 // one\n}'), ['b'], 2), '{\n  "a": 1, // one\n  "b": 2\n}');
    assert.equal(
      append(json('{\n  "a": [\n    1, // one\n    2 /* two */\n  ]\n}'), ['a'], 3),
      '{\n  "a": [\n    1, // one\n    2, /* two */\n    3\n  ]\n}',
    );
    assert.equal(
      remove(json('{\n  // first\n  "a": 1,\n  "b": 2 // second\n}'), ['b']),
      '{\n  // first\n  "a": 1\n   // second\n}',
    );
  });

  test('items are added to a list that is there or made', () => {
    assert.equal(append(json('{"a": ["x"]}'), ['a'], 'y'), '{"a": ["x", "y"]}');
    assert.equal(append(json('{"a": []}'), ['a'], 'y'), '{"a": ["y"]}');
    assert.equal(append(json('{}'), ['a', 'b'], 'y'), '{ "a": { "b": ["y"] } }');
    assert.equal(append(json('{"a": 1}'), ['a'], 'y'), '{"a": 1}', 'a number is no list');
  });

  test('members are taken out with the comma they needed', () => {
    assert.equal(remove(json('{"a": 1, "b": 2}'), ['a']), '{"b": 2}');
    assert.equal(remove(json('{"a": 1, "b": 2}'), ['b']), '{"a": 1}');
    assert.equal(remove(json('{\n  "a": 1,\n  "b": 2\n}'), ['a']), '{\n  "b": 2\n}');
    assert.equal(remove(json('{\n  "a": 1,\n  "b": 2,\n}'), ['b']), '{\n  "a": 1,\n}');
    assert.equal(remove(json('{"a": [1, 2, 3]}'), ['a', 1]), '{"a": [1, 3]}');
    assert.equal(remove(json('{"a": 1}'), ['b']), '{"a": 1}');
  });
});

describe('YAML', () => {
  test('a property is added as the others are indented', () => {
    assert.equal(set(yaml('a: 1'), ['b'], 'x'), 'a: 1\nb: x');
    assert.equal(set(yaml('a: 1 # one\n# end\n'), ['b'], 'x'), 'a: 1 # one\nb: x\n# end\n');
    assert.equal(set(yaml('{a: 1}'), ['b'], 'x'), '{a: 1, "b": "x"}');
    assert.equal(set(yaml('a:\n    b: 1\nz: 2\n'), ['a', 'c'], 3), 'a:\n    b: 1\n    c: 3\nz: 2\n');
    assert.equal(set(yaml('a: 1\r\n'), ['b', 'c'], ['x']), 'a: 1\r\nb:\r\n  c:\r\n    - x\r\n');
    assert.equal(set(yaml('a: |\n  text\n'), ['b'], 1), 'a: |\n  text\nb: 1\n');
    assert.equal(
      set(yaml('list:\n  - a: 1\n  - b: 2\n'), ['list', 0, 'c'], 3),
      'list:\n  - a: 1\n    c: 3\n  - b: 2\n',
    );
  });

  test('a value is replaced in its own style', () => {
    assert.equal(set(yaml('a: one # note\nb: 2\n'), ['a'], 'two'), 'a: two # note\nb: 2\n');
    assert.equal(set(yaml("a: 'one'\n"), ['a'], 'two'), 'a: "two"\n');
    assert.equal(set(yaml('a: [1]\n'), ['a'], [2, 3]), 'a: [2, 3]\n');
    assert.equal(set(yaml('a:\nb: 2\n'), ['a', 'x'], true), 'a:\n  x: true\nb: 2\n');
    assert.equal(set(yaml('a: |\n  text\nb: 2\n'), ['a'], 'x'), 'a: x\nb: 2\n');
    assert.equal(set(yaml('v: 1.0\n'), ['v'], '1.0'), 'v: "1.0"\n');
  });

  test('items are added and taken out', () => {
    assert.equal(append(yaml('a:\n  - x # one\nb: 2\n'), ['a'], 'y'), 'a:\n  - x # one\n  - y\nb: 2\n');
    assert.equal(append(yaml('a:\n- x\n'), ['a'], { b: 1, c: 2 }), 'a:\n- x\n- b: 1\n  c: 2\n');
    assert.equal(append(yaml('a: [x]\n'), ['a'], 'y'), 'a: [x, "y"]\n');
    assert.equal(append(yaml('z: 1\n'), ['a', 'b'], 'y'), 'z: 1\na:\n  b:\n    - y\n');
    assert.equal(remove(yaml('a:\n  - x\n  - y # two\nb: 2\n'), ['a', 1]), 'a:\n  - x\nb: 2\n');
    assert.equal(remove(yaml('a: 1\nb: 2\n'), ['a']), 'b: 2\n');
    assert.equal(remove(yaml('a:\n  b: 1\nc: 2\n'), ['a', 'b']), 'a: {}\nc: 2\n');
  });

  test('what an alias stands for is not edited in its other places', () => {
    const text = 'a: &x\n  b: 1\nc: *x\n';
    assert.equal(set(yaml(text), ['c', 'd'], 2), text);
  });
});

test('several changes are one edit, made one after the other', () => {
  const document = json('{\n  "a": 1\n}\n');
  const edits = editManifest(document, [
    { kind: 'set', path: ['n', 'domains'], value: ['x'] },
    { kind: 'set', path: ['n', 'protocols'], value: ['https'] },
    { kind: 'remove', path: ['a'] },
  ]);
  assert.equal(edits.length, 1);
  assert.deepEqual(json(applyEdits(document.text, edits)).value, {
    n: { domains: ['x'], protocols: ['https'] },
  });
});

test('edits are applied from the end, whatever their order', () => {
  const at = (from: number, to: number) => ({
    start: { line: 0, character: from },
    end: { line: 0, character: to },
  });
  const edits = [
    { range: at(0, 1), newText: 'A' },
    { range: at(3, 3), newText: '!' },
    { range: at(2, 3), newText: '' },
  ];
  assert.equal(applyEdits('abc', edits), 'Ab!');
});

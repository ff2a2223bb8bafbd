import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, parseManifest, setProperty } from '../../../src/manifest/index.ts';

/** The text after a property was set. */
function after(text: string, path: string[], value: unknown, file = '/p/plugin.json'): string {
  return applyEdits(text, setProperty(parseManifest(text, file), path, value));
}

test('a property is added as the others are laid out', () => {
  assert.equal(after('{}', ['a'], 1), '{"a": 1}');
  assert.equal(after('{"a": 1}', ['b'], 'x'), '{"a": 1, "b": "x"}');
  assert.equal(after('{\n  "a": 1\n}\n', ['b'], true), '{\n  "a": 1,\n  "b": true\n}\n');
  assert.equal(after('{\r\n\t"a": 1,\r\n}', ['b'], 2), '{\r\n\t"a": 1,\r\n\t"b": 2,\r\n}');
});

test('objects on the way are made, what is there is replaced', () => {
  assert.equal(
    after('{\n  "a": 1\n}', ['b', 'c'], ['x']),
    '{\n  "a": 1,\n  "b": {"c":["x"]}\n}'.replace('{"c":["x"]}', '{\n    "c": [\n      "x"\n    ]\n  }'),
  );
  assert.equal(after('{"a": {"b": 1}}', ['a', 'c'], 2), '{"a": {"b": 1, "c": 2}}');
  assert.equal(after('{"a": 1}', ['a'], 2), '{"a": 2}');
  assert.equal(after('{"a": 1}', ['a', 'b'], 2), '{"a": {"b":2}}');
});

test('YAML gets plain fields at its end, and nothing it would have to guess', () => {
  assert.equal(after('a: 1', ['b'], 'x', '/p/plugin.yaml'), 'a: 1\nb: "x"\n');
  assert.equal(after('{a: 1}', ['b'], 'x', '/p/plugin.yaml'), '{a: 1}');
  assert.equal(after('a: 1\n', ['b', 'c'], 'x', '/p/plugin.yaml'), 'a: 1\n');
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

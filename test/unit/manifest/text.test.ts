import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseManifest } from '../../../src/manifest/index.ts';
import { codesOf, readText, readYaml, underlined } from './reading.ts';

const json = (text: string) => parseManifest(text, '/p/plugin.json');
const yaml = (text: string) => parseManifest(text, '/p/plugin.yaml');
const codes = (document: ReturnType<typeof json>) =>
  document.findings.map(finding => finding.code.replace('PW-MANIFEST-', ''));

describe('hostile texts', () => {
  test('nothing makes reading throw', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      "'",
      '- ',
      '? ',
      '&a ',
      '*a',
      '<<',
      '!!binary ',
      '!!set ',
      '|',
      '>',
      '#',
      '//',
      '/*',
      '\n',
      '\r',
      '  ',
      '\t',
      '"name"',
      '"version": "1.0.0",',
      'name: x\n',
      'type',
      'tool',
      'permissions',
      '__proto__',
      'constructor',
      '1e999',
      '-',
      '.nan',
      '\\u',
      '\0',
      '\uFEFF',
      '\uD800',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, fc.nat(60), (text, offset) => {
        for (const reading of [readText(text, 'main.js'), readYaml(text, 'main.js')]) {
          reading.document.pathAt(offset);
          for (const finding of reading.findings)
            assert.ok(finding.range.start.line <= finding.range.end.line);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('any JSON value is read as JSON.parse reads it, and checked without a throw', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), text => {
        assert.deepEqual(json(text).value, JSON.parse(text));
        readText(text);
        readText(
          `{"name":"a","version":"1.0.0","type":"tool","permissions":${text},"ui":${text},"build":${text}}`,
        );
        readText(
          `{"id":"a","entrypoint":${text},"runtime":"go","capabilities":[${text}],"coordination":${text}}`,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('deep nesting is refused before it is followed', () => {
    for (const open of ['[', '{"a":', '[}', '{]'])
      assert.deepEqual(codes(json(open.repeat(50_000))), ['DEPTH'], open);
    for (const open of ['[', '{a: ', '- ', '? '])
      assert.ok(codes(yaml(open.repeat(20_000))).includes('DEPTH'), open);
    const deepest = `${'['.repeat(64)}${']'.repeat(64)}`;
    assert.deepEqual(codes(json(deepest)), []);
    assert.deepEqual(codes(yaml(deepest)), []);
  });

  test('a text over 1 MiB is not read', () => {
    const text = `{"name": "${'é'.repeat(600_000)}"}`;
    assert.deepEqual(codes(json(text)), ['SIZE']);
    assert.equal(json(text).root, undefined);
    assert.deepEqual(codes(json(`{"name": "${'e'.repeat(600_000)}"}`)), []);
  });

  test('UTF-16 that an editor read as UTF-8 is one finding, not hundreds', () => {
    const utf16 = '{"name": "mine"}'.replace(/./gu, '$&\0');
    for (const document of [json(utf16), json(`\uFFFD\uFFFD${utf16}`), yaml(utf16)])
      assert.deepEqual(codes(document), ['ENCODING']);
  });

  test('50 MB are refused at once', () => {
    assert.deepEqual(codes(json('['.repeat(50_000_000))), ['SIZE']);
    assert.deepEqual(codes(yaml('a: '.repeat(17_000_000))), ['SIZE']);
  });

  test('aliases can not multiply without bound', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join('\n');
    assert.deepEqual(codes(yaml(bomb)), ['ALIAS']);
    assert.ok(JSON.stringify(yaml(bomb).value).length < 200_000);
    assert.deepEqual(codes(yaml('a: &a [*a]')), ['ALIAS'], 'a value can not hold itself');
    assert.deepEqual(yaml('a: &a [1]\nb: *a').value, { a: [1], b: [1] });
  });

  test('__proto__ is a key like any other', () => {
    for (const document of [json('{"__proto__": {"admin": true}}'), yaml('__proto__: {admin: true}')]) {
      const value = document.value as object;
      assert.ok(Object.hasOwn(value, '__proto__'));
      assert.equal(Object.getPrototypeOf(value), Object.prototype);
      assert.equal(({} as Record<string, unknown>)['admin'], undefined);
    }
    assert.deepEqual(
      codesOf(
        readText(
          '{"type":"tool","name":"a","version":"1.0.0","__proto__":1,"build":{"entry":"a.js"}}',
          'a.js',
        ),
      ),
      ['KEY-UNKNOWN'],
    );
  });

  test('a huge object of unknown keys is read in bounded time and with bounded findings', () => {
    const keys = Array.from({ length: 35_000 }, (_, i) => `"k${i}":"?"`).join(',');
    const reading = readText(`{"type":"tool","permissions":{${keys}},"dependencies":{"plugins":{${keys}}}}`);
    assert.ok(reading.findings.length > 100 && reading.findings.length < 1000);
  });
});

describe('tolerance', () => {
  test('comments and trailing commas are read and mentioned', () => {
    const document = json('// mine\n{\n  "a": [1, 2,], /* more */\n}\n');
    assert.deepEqual(document.value, { a: [1, 2] });
    assert.deepEqual(
      document.findings.map(({ code, severity }) => [code, severity]),
      [
        ['PW-MANIFEST-COMMENT', 'hint'],
        ['PW-MANIFEST-TRAILING-COMMA', 'hint'],
        ['PW-MANIFEST-TRAILING-COMMA', 'hint'],
      ],
    );
  });

  test('a broken text still gives what could be read', () => {
    const document = json('{ "name": "a", "version": , "type": "tool" ');
    assert.deepEqual((document.value as Record<string, unknown>)['type'], 'tool');
    assert.ok(codes(document).includes('SYNTAX'));
    assert.equal((yaml('name: a\nversion: [1\ntype: b\n').value as Record<string, unknown>)['name'], 'a');
  });

  test('a repeated key points at the first', () => {
    for (const document of [json('{"a": 1, "a": 2}'), yaml('a: 1\na: 2\n')]) {
      assert.deepEqual(codes(document), ['KEY-DUPLICATE']);
      assert.deepEqual(document.value, { a: 2 });
      assert.ok(
        (document.findings[0]?.related?.[0]?.range.start.line ?? 9) <=
          (document.findings[0]?.range.start.line ?? 0),
      );
    }
  });

  test('an empty file, a list, and an unknown system are told apart', () => {
    assert.deepEqual(codesOf(readText('')), ['SYNTAX']);
    assert.deepEqual(codesOf(readYaml('')), ['NOT-OBJECT']);
    assert.deepEqual(codesOf(readText('[1]')), ['NOT-OBJECT']);
    assert.deepEqual(codesOf(readText('{}')), ['PROFILE-UNKNOWN']);
    assert.deepEqual(
      codesOf(readYaml('? [a]\n: 1\nsupported_languages: [x]\nname: a\nversion: 1.0.0', 'main.js')),
      ['KEY'],
    );
  });
});

describe('places', () => {
  const text = '\uFEFF{\r\n  "a": { "b": [10, "x"] }\r\n}';

  test('a range is exact, with a byte order mark and CRLF', () => {
    const document = json(text);
    const at = (path: (string | number)[], part?: 'key') => {
      const { start, end } = document.rangeOf(path, part);
      return text.slice(document.lines.offsetAt(start), document.lines.offsetAt(end));
    };
    assert.equal(at(['a', 'b', 0]), '10');
    assert.equal(at(['a', 'b', 1]), '"x"');
    assert.equal(at(['a', 'b'], 'key'), '"b"');
    assert.equal(at(['a', 'missing']), '"a"', 'what is not there is placed at its parent');
    assert.equal(at(['missing']), '{');
  });

  test('the path at an offset is found', () => {
    const document = json(text);
    assert.deepEqual(document.pathAt(text.indexOf('10')), { path: ['a', 'b', 0], onKey: false });
    assert.deepEqual(document.pathAt(text.indexOf('"b"') + 1), { path: ['a', 'b'], onKey: true });
    assert.deepEqual(document.pathAt(text.length), { path: [], onKey: false });
  });

  test('the first character of a key is the key’s, whatever stands before it', () => {
    const before = {
      list: 'before:\n  - tiny\n',
      'list without indentation': 'before:\n- tiny\n',
      'list of objects': 'before:\n  - tiny: 1\n    more: 2\n',
      map: 'before:\n  inner: tiny\n',
      'deep map': 'before:\n  inner:\n    - deeper:\n        - tiny\n',
      'block scalar': 'before: |\n  tiny\n',
      'folded scalar': 'before: >-\n  tiny\n\n',
      nothing: 'before:\n',
      'list and comment': 'before:\n  - tiny\n  # said\n\n',
    };
    for (const [what, start] of Object.entries(before)) {
      for (const [indent, outer] of [
        ['', []],
        ['  ', ['outer']],
      ] as const) {
        const inner = `${start}next: 1\nlast: 2\n`.replace(/^(?=.)/gmu, indent);
        const document = parseManifest(
          outer.length === 0 ? inner : `outer:\n${inner}end: 3\n`,
          '/p/plugin.yaml',
        );
        const at = (key: string) => document.pathAt(document.text.indexOf(key));
        assert.deepEqual(at('next'), { path: [...outer, 'next'], onKey: true }, what);
        assert.deepEqual(at('last'), { path: [...outer, 'last'], onKey: true }, what);
        if (outer.length > 0) assert.deepEqual(at('end'), { path: ['end'], onKey: true }, what);
      }
    }
  });

  test('the items of a YAML list are told apart at their edges', () => {
    const document = parseManifest('list:\n  - one: 1\n  - two: 2\n    three: 3\n', '/p/plugin.yaml');
    const at = (key: string) => document.pathAt(document.text.indexOf(key)).path;
    assert.deepEqual(at('one'), ['list', 0, 'one']);
    assert.deepEqual(at('two'), ['list', 1, 'two']);
    assert.deepEqual(at('three'), ['list', 1, 'three']);
  });

  test('the first and last character of a key in JSON are the key’s', () => {
    const document = json('{"a":[1],"b":{"c":"x"}}');
    for (const [key, path] of [
      ['"a"', ['a']],
      ['"b"', ['b']],
      ['"c"', ['b', 'c']],
    ] as const) {
      const start = document.text.indexOf(key);
      for (const offset of [start, start + key.length])
        assert.deepEqual(document.pathAt(offset), { path, onKey: true }, `${key} ${offset}`);
    }
    assert.deepEqual(document.pathAt(document.text.indexOf('"x"')), { path: ['b', 'c'], onKey: false });
  });

  test('YAML underlines keys and values without the space around them', () => {
    const reading = readYaml('name: mini\nversion: one   # first\nsupported_languages: [a, a]\n', 'main.js');
    assert.deepEqual(underlined(reading), ['one', 'a']);
  });
});

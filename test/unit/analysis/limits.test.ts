import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type Analyzer,
  isScannable,
  isTestCode,
  languageOf,
  MAX_SOURCE_LENGTH,
} from '../../../src/analysis/index.ts';
import { analyzerFromModules } from './analyzer-from-modules.ts';

describe('hostile and odd sources', () => {
  let analyzer: Analyzer;
  before(async () => {
    // A busy machine must not look like an analysis that does too much.
    analyzer = await analyzerFromModules({ timeLimitMs: 60_000 });
  });
  const codesIn = (text: string, file = '/plugin/index.js'): string[] =>
    analyzer.analyze({ file, text }).map(finding => finding.code);

  it('looks at a file over the limit as far as it goes, and says so', () => {
    const found = analyzer.analyze({
      file: 'a.js',
      text: `eval(x);\n${'f(1);\n'.repeat(MAX_SOURCE_LENGTH / 8)}${' '.repeat(MAX_SOURCE_LENGTH / 4)}\neval(y);\n`,
    });
    assert.deepEqual(
      found.map(({ code, range }) => [code, range.start.line]),
      [
        ['PW-JS-EVAL', 0],
        ['PW-SCAN-TOO-LARGE', 0],
      ],
    );
    assert.match(found[1]?.message ?? '', /larger than 512 KiB/);
  });

  it('looks into one endless line', () => {
    const found = codesIn(`eval(x);${';'.repeat(MAX_SOURCE_LENGTH)}eval(y);`);
    // What is said of the line itself is a matter of its own.
    assert.deepEqual(
      found.filter(code => code !== 'PW-ANY-MINIFIED'),
      ['PW-JS-EVAL', 'PW-SCAN-TOO-LARGE'],
    );
  });

  it('gives up on a file that takes too long, and is fit for the next one', async () => {
    const hurried = await analyzerFromModules({ timeLimitMs: -1 });
    const found = hurried.analyze({ file: 'a.js', text: 'f(1);\n'.repeat(20_000) });
    assert.ok(found.some(finding => finding.code === 'PW-SCAN-TOO-LARGE'));
    assert.deepEqual(codesIn('eval(x)'), ['PW-JS-EVAL']);
  });

  it('gives up on nesting that no person writes', () => {
    assert.deepEqual(codesIn(`${'('.repeat(20_000)}x${')'.repeat(20_000)}`), ['PW-SCAN-TOO-LARGE']);
    assert.deepEqual(codesIn(`${'['.repeat(20_000)}${']'.repeat(20_000)}`), ['PW-SCAN-TOO-LARGE']);
  });

  it('stays within its stack on what it does look through', () => {
    const depth = 2_000;
    assert.deepEqual(codesIn(`${'('.repeat(depth)}eval${')'.repeat(depth)}; eval(x)`).slice(-1), [
      'PW-JS-EVAL',
    ]);
    assert.deepEqual(codesIn(`x = ${"'a' + ".repeat(depth)}'b'; eval(y)`), ['PW-JS-EVAL']);
    assert.deepEqual(codesIn(`a${'.b'.repeat(depth)}(); eval(x)`), ['PW-JS-EVAL']);
    const doubling = Array.from({ length: 60 }, (_, i) => `const s${i + 1} = s${i} + s${i};`).join('\n');
    assert.deepEqual(codesIn(`const s0 = 'x';\n${doubling}\neval(s60); eval(x)`), ['PW-JS-EVAL']);
  });

  it('reads the macros of a hostile file no more than a few times', () => {
    for (const [open, close] of [
      ['println!(', ')'],
      ['vec![', ']'],
      ['m!{ if a { ', '}}'],
    ] as const) {
      const nested = `fn main() { ${open.repeat(2_000)}${close.repeat(2_000)} }\n`;
      const began = process.cpuUsage();
      assert.deepEqual(codesIn(nested.repeat(8), 'a.rs'), []);
      const { user, system } = process.cpuUsage(began);
      // Without the bound it takes minutes.
      assert.ok(user + system < 30_000_000, `${open}: ${user + system} µs`);
    }
  });

  it('takes no product of assignments and uses', () => {
    const many = 4_000;
    const assigned = `let f;\n${'f = g;\n'.repeat(many)}${'f(1);\n'.repeat(many)}`;
    assert.deepEqual(codesIn(`${assigned}eval(x)`), ['PW-JS-EVAL']);
    const members = `${'this.f = g;\n'.repeat(many)}${'this.f(1);\n'.repeat(many)}`;
    assert.deepEqual(codesIn(`${members}eval(x)`), ['PW-JS-EVAL']);
    const table = Array.from({ length: many }, (_, i) => `k${i}: ${i}`).join();
    const uses = Array.from({ length: many }, (_, i) => `t.k${i}();`).join('\n');
    assert.deepEqual(codesIn(`const t = {${table}};\n${uses}\neval(x)`), ['PW-JS-EVAL']);
  });

  it('finds what it can in a file with syntax errors', () => {
    assert.deepEqual(codesIn('const a = ;\n eval(text);\n if ('), ['PW-JS-EVAL']);
    assert.deepEqual(codesIn('\0\uFFFF\uD800 eval(text)'), ['PW-JS-EVAL']);
    assert.deepEqual(codesIn(''), []);
  });

  it('counts columns in UTF-16 code units', () => {
    const [finding] = analyzer.analyze({ file: 'a.js', text: "const s = '😀ä'; eval(t);" });
    assert.deepEqual(finding?.range, { start: { line: 0, character: 17 }, end: { line: 0, character: 24 } });
  });

  it('does not mistake the properties of every object for names in its tables', () => {
    assert.deepEqual(codesIn('constructor(); __proto__(); toString(); const { hasOwnProperty } = x;'), []);
  });

  it('leaves other languages alone', () => {
    assert.deepEqual(codesIn('eval(x)', '/plugin/main.rb'), []);
    assert.equal(languageOf('README'), undefined);
    assert.equal(languageOf('a.test.MTS'), 'typescript');
  });

  it("knows the author's own source", () => {
    for (const own of ['index.js', 'src/a.tsx', 'lib\\a.mjs']) assert.ok(isScannable(own), own);
    for (const other of [
      'node_modules/a/index.js',
      'dist/a.js',
      'a.min.js',
      'a.d.ts',
      'src\\build\\a.js',
      'types.d.css.ts',
      'a.rb',
      'target/debug/a.rs',
      '.venv/lib/a.py',
      'vendor/x/a.go',
    ]) {
      assert.ok(!isScannable(other), other);
    }
  });

  it('tells code that tries out other code', () => {
    for (const test of [
      'tests/a.py',
      'src/__tests__/a.ts',
      'a.test.ts',
      'a.spec.jsx',
      'pkg/a_test.go',
      'test_a.py',
      'pkg\\conftest.py',
      'testdata/a.go',
    ]) {
      assert.ok(isTestCode(test), test);
    }
    for (const other of [
      'contest.py',
      'attest.go',
      'latest.js',
      'src/testing.ts',
      'a.testing.js',
      'protest/a.rs',
    ]) {
      assert.ok(!isTestCode(other), other);
    }
  });

  it('offers a change that removes the finding', () => {
    const text = "require('crypto').createHash('md5')";
    const [finding] = analyzer.analyze({ file: 'a.js', text });
    const [edit] = finding?.fix?.edits ?? [];
    assert.ok(edit);
    const fixed =
      text.slice(0, edit.range.start.character) + edit.newText + text.slice(edit.range.end.character);
    assert.equal(fixed, "require('crypto').createHash('sha256')");
    assert.deepEqual(codesIn(fixed), []);
  });
});

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  type Analyzer,
  asTestCode,
  createAnalyzer,
  createParseCache,
  languageOf,
  mergeFindings,
  rules,
  withLevels,
} from '../../../src/analysis/index.ts';
import type { Finding } from '../../../src/base/index.ts';
import { applyEdits } from '../../../src/manifest/index.ts';
import { loadWasm } from './analyzer-from-modules.ts';

const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 4 } });
const finding = (code: string, severity: Finding['severity'], line = 0, file = '/plugin/a.js'): Finding => ({
  code,
  severity,
  message: 'It is so.',
  file,
  range: at(line),
});

describe('analysis while a person types', () => {
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await createAnalyzer({ loadWasm });
  });

  it('finds the same in files that were parsed before, and parses each text once', () => {
    const files: Record<string, string> = {
      'main.js':
        "import express from 'express';\nimport { run } from './run.js';\nexpress().get('/', request => run(request.query.text));\n",
      'run.js':
        'export const run = text => eval(text);\nexport class Box { keep(x) { this.x = x; eval(this.x); } }\n',
    };
    const parses = createParseCache();
    let parsed = 0;
    const counting: typeof parses = {
      ...parses,
      get: (text, language, parse) =>
        parses.get(text, language, () => {
          parsed++;
          return parse();
        }),
    };
    const look = (cache?: typeof parses): string => {
      const project = analyzer.open({
        read: file => {
          const [text, language] = [files[file], languageOf(file)];
          return text === undefined || language === undefined ? undefined : { text, language };
        },
        absolute: file => `/plugin/${file}`,
        isTarget: () => true,
        parses: cache,
      });
      return JSON.stringify([project.analyze('main.js'), project.analyze('run.js')]);
    };
    const fresh = look();
    assert.match(fresh, /PW-JS-EVAL/);
    for (let again = 0; again < 3; again++) assert.equal(look(counting), fresh);
    assert.equal(parsed, 2);
    files['main.js'] += '// An edit.\n';
    look(counting);
    assert.equal(parsed, 3);
  });

  it('keeps no more parsed files than it is told to, the longest unused go first', () => {
    const parses = createParseCache(30);
    const parse = (text: string) => () => ({
      text,
      language: 'javascript' as const,
      nodes: [],
      isCut: false,
      ir: {} as never,
    });
    for (const text of ['a'.repeat(10), 'b'.repeat(10), 'c'.repeat(10)])
      parses.get(text, 'javascript', parse(text));
    parses.get('a'.repeat(10), 'javascript', () => assert.fail('it is kept'));
    parses.get('d'.repeat(10), 'javascript', parse('d'.repeat(10)));
    const kept = ['a', 'b', 'c', 'd'].filter(letter => parses.has(letter.repeat(10), 'javascript'));
    assert.deepEqual(kept, ['a', 'c', 'd']);
    assert.ok(!parses.has('a'.repeat(10), 'typescript'));
    parses.drop('c'.repeat(10), 'javascript');
    parses.drop('c'.repeat(10), 'javascript');
    parses.get('f'.repeat(10), 'javascript', parse('f'.repeat(10)));
    assert.ok(parses.has('a'.repeat(10), 'javascript'));
    assert.ok(!parses.has('c'.repeat(10), 'javascript'));
    parses.get('e'.repeat(31), 'javascript', parse('e'.repeat(31)));
    assert.ok(!parses.has('e'.repeat(31), 'javascript'));
    assert.ok(parses.has('d'.repeat(10), 'javascript'));
  });

  it('tries again what could not be parsed', () => {
    const parses = createParseCache();
    parses.get('x', 'go', () => ({ reason: 'takes too long to parse' }));
    assert.ok(!parses.has('x', 'go'));
  });

  const suppress = (file: string, text: string, line: number, code = 'PW-X'): string | undefined => {
    const edit = analyzer.suppress({ file, text }, { ...finding(code, 'error', line), file });
    return edit && applyEdits(text, [edit]);
  };
  const mark = 'plugin-workbench-disable-next-line PW-X -- ';

  it('writes the comment that switches a rule off as the language does', () => {
    assert.equal(suppress('/a.js', 'f();\n\tg();\n', 1), `f();\n\t// ${mark}\n\tg();\n`);
    assert.equal(suppress('/a.py', 'def f():\n    g()\n', 1), `def f():\n    # ${mark}\n    g()\n`);
    assert.equal(
      suppress('/a.go', 'package a\n\nvar x = f()\n', 2),
      `package a\n\n// ${mark}\nvar x = f()\n`,
    );
    assert.equal(
      suppress('/a.rs', 'fn f() {\r\n    g();\r\n}\r\n', 1),
      `fn f() {\r\n    // ${mark}\r\n    g();\r\n}\r\n`,
    );
    assert.equal(
      suppress('/a.tsx', 'const a = (\n  <p>\n    {f()}\n  </p>\n);\n', 2),
      `const a = (\n  <p>\n    {/* ${mark} */}\n    {f()}\n  </p>\n);\n`,
    );
    assert.equal(
      suppress('/a.jsx', 'const a = (\n  <p\n    id={f()}\n  />\n);\n', 2),
      `const a = (\n  <p\n    // ${mark}\n    id={f()}\n  />\n);\n`,
    );
    assert.equal(
      suppress('/a.js', 'const a = `\n$' + '{\n  f()\n}\n`;\n', 2),
      ['const a = `\n$', `{\n  // ${mark}\n  f()\n}\n\`;\n`].join(''),
    );
  });

  it('writes none where it would be text, or break the code', () => {
    assert.equal(suppress('/a.js', 'const a = `\n$' + '{f()}\n`;\n', 1), undefined);
    assert.equal(suppress('/a.py', 'a = """\nf()\n"""\n', 1), undefined);
    assert.equal(suppress('/a.py', 'a = 1 + \\\n  f()\n', 1), undefined);
    assert.equal(suppress('/a.go', 'package a\n\nvar x = `\nf()\n`\n', 3), undefined);
    assert.equal(suppress('/a.rs', 'const A: &str = "\nf()\n";\n', 1), undefined);
    assert.equal(suppress('/a.txt', 'f()', 0), undefined);
  });

  it('adds to a comment that is there', () => {
    assert.equal(
      suppress('/a.js', `// ${mark}why\nf();\n`, 1, 'PW-Y'),
      '// plugin-workbench-disable-next-line PW-X, PW-Y -- why\nf();\n',
    );
    assert.equal(
      suppress('/a.py', '# plugin-workbench-disable-next-line -- why\nf()\n', 1, 'PW-Y'),
      '# plugin-workbench-disable-next-line PW-Y -- why\nf()\n',
    );
  });

  it('tells what was switched off and why, without what was not', () => {
    const text = '# plugin-workbench-disable-next-line PW-PY-EVAL -- the text is ours\neval(x)\neval(y)\n';
    const project = analyzer.open({
      read: file =>
        file === 'a.py'
          ? { text: `def f(x, y):\n${text.replaceAll(/^/gm, '    ')}`, language: 'python' }
          : undefined,
      absolute: file => `/plugin/${file}`,
      isTarget: () => true,
    });
    const kept = project.analyze('a.py');
    assert.deepEqual(
      kept.map(({ code, range }) => [code, range.start.line]),
      [['PW-PY-EVAL', 3]],
    );
    const [one, ...others] = project.suppressed('a.py');
    assert.equal(others.length, 0);
    assert.equal(one?.reason, 'the text is ours');
    assert.equal(one?.finding.range.start.line, 2);
  });

  it('says what a person wants of a rule or a category, the rule first', () => {
    const findings = [
      finding('PW-JS-EVAL', 'error'),
      finding('PW-JS-WEAK-HASH', 'warning'),
      finding('PW-OTHER', 'info'),
    ];
    const levelled = (of: Parameters<typeof withLevels>[1]): string =>
      withLevels(findings, of, rules)
        .map(one => `${one.code}:${one.severity}`)
        .join();
    assert.equal(
      levelled({ rules: {}, categories: {} }),
      'PW-JS-EVAL:error,PW-JS-WEAK-HASH:warning,PW-OTHER:info',
    );
    assert.equal(
      levelled({
        rules: { 'PW-JS-EVAL': 'hint', 'PW-OTHER': 'off' },
        categories: { 'code-eval': 'off', 'weak-crypto': 'error' },
      }),
      'PW-JS-EVAL:hint,PW-JS-WEAK-HASH:error',
    );
  });

  it('keeps the worst that is said about one place and kind of harm', () => {
    const merged = mergeFindings(
      [
        finding('PW-JS-EVAL', 'warning'),
        finding('PW-JS-WEAK-HASH', 'warning'),
        finding('PW-JS-EVAL', 'error'),
        finding('PW-JS-EVAL', 'warning', 1),
        finding('PW-JS-EVAL', 'warning', 0, '/plugin/b.js'),
      ],
      rules,
    );
    assert.deepEqual(
      merged.map(({ code, severity, file, range }) => `${code}:${severity} ${file}:${range.start.line}`),
      [
        'PW-JS-EVAL:error /plugin/a.js:0',
        'PW-JS-WEAK-HASH:warning /plugin/a.js:0',
        'PW-JS-EVAL:warning /plugin/a.js:1',
        'PW-JS-EVAL:warning /plugin/b.js:0',
      ],
    );
  });

  it('takes findings in tests for information at most', () => {
    const severities = (['error', 'warning', 'info', 'hint'] as const).map(
      severity => asTestCode(finding('PW-JS-EVAL', severity)).severity,
    );
    assert.deepEqual(severities, ['info', 'info', 'info', 'hint']);
  });
});

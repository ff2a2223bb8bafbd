import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Finding } from '../../../src/base/index.ts';
import { Exit, exitCodeFor } from '../../../src/cli/exit.ts';
import { renderFindings } from '../../../src/cli/render-findings.ts';
import { printable, type Terminal } from '../../../src/cli/terminal.ts';

const file = join(process.cwd(), 'plugins', 'a', 'plugin.json');
const text = '{\n\t"verison": "1.0.0"\n}\n';
const finding: Finding = {
  code: 'PW-MANIFEST-UNKNOWN',
  severity: 'error',
  message: 'Unknown key "verison".',
  why: 'Nobody reads it.',
  file,
  range: { start: { line: 1, character: 1 }, end: { line: 1, character: 10 } },
  fix: { title: 'Replace it by "version"', edits: [] },
};

const sarif = { command: 'validate', version: '1.2.3', rules: [], notes: [] };

function terminal(): Terminal & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    out: line => void lines.push(line),
    note: line => void lines.push(line),
    paint: (_, t) => t,
  };
}

test('text shows the place, the line and carets under the range', () => {
  const seen = terminal();
  renderFindings({ findings: [finding], files: 1, textOf: () => text, sarif }, 'text', seen);
  assert.deepEqual(seen.lines.join('\n').split('\n'), [
    `${join('plugins', 'a', 'plugin.json')}:2:2 error Unknown key "verison". PW-MANIFEST-UNKNOWN`,
    '    \t"verison": "1.0.0"',
    '    \t^^^^^^^^^',
    '    Nobody reads it.',
    '    fix: Replace it by "version"',
    '1 file checked: 1 error.',
  ]);
});

test('text leads to the other places of a finding', () => {
  const seen = terminal();
  const related = [
    { file, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, message: 'Here.' },
  ];
  renderFindings({ findings: [{ ...finding, related }], files: 1, textOf: () => text, sarif }, 'text', seen);
  assert.match(seen.lines[0] ?? '', /\n {4}see: plugins.a.plugin\.json:1:1 Here\.\n/);
});

test('json is one document with the counts', () => {
  const seen = terminal();
  renderFindings({ findings: [finding], files: 3, textOf: () => text, sarif }, 'json', seen);
  assert.equal(seen.lines.length, 1);
  assert.deepEqual(JSON.parse(seen.lines[0] ?? ''), {
    files: 3,
    errors: 1,
    warnings: 0,
    findings: [JSON.parse(JSON.stringify(finding))],
  });
});

test('a range that ends on another line is underlined to the end of the first', () => {
  const seen = terminal();
  const range = { start: { line: 1, character: 1 }, end: { line: 2, character: 1 } };
  renderFindings({ findings: [{ ...finding, range }], files: 1, textOf: () => text, sarif }, 'text', seen);
  assert.match(seen.lines[0] ?? '', /\n {4}\t\^{18}\n/);
});

test('sarif is one document with every finding', () => {
  const seen = terminal();
  renderFindings({ findings: [finding], files: 1, textOf: () => text, sarif }, 'sarif', seen);
  assert.equal(seen.lines.length, 1);
  const log = JSON.parse(seen.lines[0] ?? '');
  assert.equal(log.version, '2.1.0');
  assert.equal(log.runs[0].results[0].ruleId, finding.code);
});

test('the exit code follows the worst finding, and --strict counts warnings', () => {
  const warning: Finding = { ...finding, severity: 'warning' };
  assert.equal(exitCodeFor([], true), Exit.clean);
  assert.equal(exitCodeFor([warning], false), Exit.clean);
  assert.equal(exitCodeFor([warning], true), Exit.findings);
  assert.equal(exitCodeFor([warning, finding], false), Exit.findings);
});

test('what a plugin says cannot steer the terminal', () => {
  assert.equal(printable('a\u001b[2Jb\u202ec\td\ne'), 'a\ufffd[2Jb\ufffdc\td\ne');
});

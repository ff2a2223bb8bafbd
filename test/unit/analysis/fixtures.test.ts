import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { type Analyzer, rules } from '../../../src/analysis/index.ts';
import { analyzerFromModules } from './analyzer-from-modules.ts';
import { expectationsIn } from './expectations.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/analysis');
const files = readdirSync(folder).sort();

describe('rule fixtures', () => {
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await analyzerFromModules();
  });

  for (const name of files) {
    it(name, () => {
      const file = path.join(folder, name);
      const text = readFileSync(file, 'utf8');
      const found = new Map<number, string[]>();
      for (const { code, severity, range } of analyzer.analyze({ file, text })) {
        const list = found.get(range.start.line) ?? [];
        found.set(range.start.line, [...list, `${code}:${severity}`]);
      }
      const expected = expectationsIn(text);
      assert.ok(expected.size > 0, 'a fixture states at least one expectation');
      const lines = text.split('\n');
      for (let line = 0; line < lines.length; line++) {
        const actual = (found.get(line) ?? []).sort();
        const wanted = [...(expected.get(line) ?? [])].sort();
        const compared = actual.map((one, i) => (wanted[i]?.includes(':') ? one : one.split(':')[0]));
        assert.deepEqual(compared, wanted, `${name}:${line + 1}: ${lines[line]}`);
      }
    });
  }

  it('shows every rule both at work and silent', () => {
    const texts = files.map(name => readFileSync(path.join(folder, name), 'utf8'));
    for (const rule of rules) {
      const about = texts.filter(
        text => text.includes(`expect: ${rule.id}`) || text.includes(`, ${rule.id}`),
      );
      assert.ok(about.length > 0, `${rule.id} is expected somewhere`);
      assert.ok(
        about.some(text => text.includes('// clean')),
        `${rule.id} has a clean example`,
      );
    }
  });

  it('reports what the documentation of each rule calls bad, and not what it calls good', () => {
    // The snippets stand alone, so the imports that they leave out are put before them.
    const imports = [
      "import { exec, execFile, spawn } from 'node:child_process';",
      "import { createHash } from 'node:crypto';",
      "import fs from 'node:fs'; import path from 'node:path'; import https from 'node:https';",
    ];
    for (const rule of rules) {
      const needsNothing = rule.id === 'PW-JS-CHILD-PROCESS';
      const prefix = needsNothing ? '' : `${imports.join('\n')}\n`;
      const codesIn = (code: string): string[] =>
        analyzer.analyze({ file: 'example.js', text: prefix + code }).map(finding => finding.code);
      // A real-looking token in the documentation would itself be reported by every scanner.
      const bad = rule.docs.bad.replace('ghp_…', `ghp_${'a1B2'.repeat(9)}`);
      assert.ok(codesIn(bad).includes(rule.id), `${rule.id}: ${bad}`);
      if (rule.id === 'PW-JS-SPAWN') continue; // Starting a fixed program is still said, as information.
      assert.ok(!codesIn(rule.docs.good).includes(rule.id), `${rule.id}: ${rule.docs.good}`);
    }
  });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { type Analyzer, languageOf, rules } from '../../../src/analysis/index.ts';
import { analyzerFromModules } from './analyzer-from-modules.ts';
import { marksIn } from './expectations.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/analysis');
const groups = readdirSync(folder).sort();

describe('rule fixtures', () => {
  let analyzer: Analyzer;
  before(async () => {
    // A busy machine must not look like an analysis that does too much.
    analyzer = await analyzerFromModules({ timeLimitMs: 60_000 });
  });

  for (const group of groups) {
    for (const name of readdirSync(path.join(folder, group)).sort()) {
      it(`${group}/${name}`, () => {
        const file = path.join(folder, group, name);
        const text = readFileSync(file, 'utf8');
        assert.ok(languageOf(name), `${name} is in a known language`);
        const marks = marksIn(text);
        assert.ok(marks.size > 0, 'a fixture states at least one expectation');
        const found = new Map<number, string[]>();
        for (const { code, severity, range } of analyzer.analyze({ file, text })) {
          const { line } = range.start;
          found.set(line, [...(found.get(line) ?? []), `${code}:${severity}`]);
        }
        const wrong: string[] = [];
        text.split('\n').forEach((line, index) => {
          const wanted = [...(marks.get(index) ?? [])].sort();
          const actual = (found.get(index) ?? []).sort();
          const shown = actual.map((one, at) => (wanted[at]?.includes(':') ? one : one.split(':')[0]));
          if (shown.join() === wanted.join()) return;
          const what = `found ${actual.join() || 'nothing'}, expected ${wanted.join() || 'nothing'}`;
          wrong.push(`${name}:${index + 1}: ${what}: ${line.trim()}`);
        });
        assert.deepEqual(wrong, []);
      });
    }
  }

  it('show every rule both at work and silent', () => {
    const texts = groups.flatMap(group =>
      readdirSync(path.join(folder, group)).map(name => readFileSync(path.join(folder, group, name), 'utf8')),
    );
    const unshown = rules.filter(({ id }) => {
      const about = texts.filter(text => new RegExp(`expect: .*\\b${id}\\b`).test(text));
      return about.length === 0 || !about.some(text => /(?:\/\/|#|\/\*) clean\b/.test(text));
    });
    assert.deepEqual(
      unshown.map(({ id }) => id),
      [],
    );
  });
});

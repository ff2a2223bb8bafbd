import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { type Engine, languageOf } from '../../../src/analysis/index.ts';
import { findingsByLine, productEngine } from './engine-from-modules.ts';
import { marksIn } from './expectations.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/analysis');
const groups = ['javascript', 'typescript', 'python', 'go', 'rust', 'any'].filter(name =>
  existsSync(path.join(folder, name)),
);

for (const group of groups) {
  describe(`fixtures of ${group}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await productEngine();
    });
    for (const name of readdirSync(path.join(folder, group)).sort()) {
      it(name, () => {
        const text = readFileSync(path.join(folder, group, name), 'utf8');
        const language = languageOf(name);
        assert.ok(language, `${name} is in a known language`);
        const marks = marksIn(text);
        assert.ok(marks.size > 0, 'a fixture states at least one expectation');
        const found = findingsByLine(engine, name, text, language);
        const wrong: string[] = [];
        text.split('\n').forEach((line, index) => {
          const wanted = [...(marks.get(index) ?? [])].sort();
          const actual = (found.get(index) ?? []).sort();
          const shown = actual.map((one, at) => (wanted[at]?.includes(':') ? one : one.split(':')[0]));
          if (shown.join() !== wanted.join()) {
            wrong.push(
              `${name}:${index + 1}: found ${actual.join() || 'nothing'}, expected ${wanted.join() || 'nothing'}: ${line.trim()}`,
            );
          }
        });
        assert.deepEqual(wrong, []);
      });
    }
  });
}

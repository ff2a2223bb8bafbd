import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { generateRulesPage } from '../../../scripts/generate-rules-page.ts';
import { rules } from '../../../src/analysis/index.ts';

describe('the rules', () => {
  it('have ids of one form, each once', () => {
    for (const { id } of rules) assert.match(id, /^PW-(?:JS|PY|GO|RS|ANY)-[A-Z0-9]+(?:-[A-Z0-9]+)*$/);
    assert.equal(new Set(rules.map(rule => rule.id)).size, rules.length);
  });

  it('are described by a page that is up to date', () => {
    const page = readFileSync(path.join(import.meta.dirname, '../../../docs/rules.md'), 'utf8');
    assert.equal(page, generateRulesPage(), 'run `npm run generate`');
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { manifestCodes } from '../../../src/manifest/index.ts';

test('docs/findings.md describes every manifest code as the code does', () => {
  const text = readFileSync(new URL('../../../docs/findings.md', import.meta.url), 'utf8');
  const sections = new Map(
    text
      .split(/^### /mu)
      .slice(1)
      .map(section => [
        section.split('\n')[0] ?? '',
        section.slice(section.indexOf('\n')).split(/^##? /mu)[0]?.trim() ?? '',
      ]),
  );
  for (const [code, { severity, blocks, summary, why }] of Object.entries(manifestCodes)) {
    assert.equal(sections.get(code), `*${severity}${blocks ? ', blocks' : ''}* · ${summary}\n\n${why}`, code);
  }
  const described = [...sections.keys()].filter(code => code.startsWith('PW-MANIFEST-'));
  assert.deepEqual(described.sort(), Object.keys(manifestCodes).sort());
});

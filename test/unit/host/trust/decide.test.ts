import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  auditDetailOf,
  decideIsolation,
  isolationOf,
  type TrustFacts,
} from '../../../../src/host/trust/decide.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/security-model.md'), 'utf8');

/** The rows of the table in the documentation: its cells in words, `any` for every value. */
function tableRows(): string[][] {
  const table = page.slice(page.indexOf('| trust | listed in `unconfinedPlugins` |')).split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

const trusts = ['untrusted', 'partner', 'internal'] as const;
const containers = ['unasked', 'missing', 'ready'] as const;
const sandboxes = ['sandboxed', 'reduced', 'none'] as const;

function every(): TrustFacts[] {
  return trusts.flatMap(trust =>
    [true, false].flatMap(unconfined =>
      containers.flatMap(container => sandboxes.map(sandbox => ({ trust, unconfined, container, sandbox }))),
    ),
  );
}

describe('how a plugin is run', () => {
  it('is what the table in the documentation says, whatever the case', () => {
    const rows = tableRows();
    assert.ok(rows.length > 5);
    const cases = every();
    assert.equal(cases.length, 54);
    for (const facts of cases) {
      const given = [facts.trust, facts.unconfined ? 'yes' : 'no', facts.container, facts.sandbox];
      const fitting = rows.filter(row =>
        given.every((value, at) => row[at] === 'any' || row[at]?.split(', ').includes(value)),
      );
      assert.equal(fitting.length, 1, `rows for ${given}`);
      assert.equal(decideIsolation(facts).run, fitting[0]?.[4], `${given}`);
    }
  });

  it('warns of a container that can’t be had, and of a reduced sandbox', () => {
    for (const facts of every()) {
      const { run, warnings } = decideIsolation(facts);
      const settled = facts.unconfined || facts.container === 'ready';
      assert.equal(
        warnings.some(text => /asks for a container/.test(text)),
        !settled && facts.container === 'missing',
      );
      assert.equal(
        warnings.some(text => /reduced sandbox/.test(text)),
        run === 'reduced',
      );
    }
  });

  it('never runs what is untrusted with less than a full sandbox, unless the user listed it', () => {
    for (const facts of every().filter(({ trust, unconfined }) => trust === 'untrusted' && !unconfined)) {
      assert.ok(['container', 'sandboxed', 'refused', 'impossible'].includes(decideIsolation(facts).run));
    }
  });

  it('records every decision, of internal plugins only refusals', () => {
    assert.deepEqual(trusts.map(auditDetailOf), ['every', 'every', 'denials']);
  });

  it('tells the isolation level', () => {
    assert.deepEqual(
      Object.entries(isolationOf).map(([run, { level }]) => [run, level]),
      [
        ['container', 3],
        ['sandboxed', 2],
        ['reduced', 2],
        ['unconfined', 1],
      ],
    );
  });
});

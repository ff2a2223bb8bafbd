import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAuditReader } from '../../../../src/analysis/permissions/index.ts';

const line = (fields: object): string =>
  JSON.stringify({
    timestamp: 1000,
    scope: 'filesystem',
    action: 'read',
    resource: './data/a',
    allowed: true,
    ...fields,
  });

describe('what runs used', () => {
  test('records are added up by version, and by what was done', () => {
    const reader = createAuditReader();
    reader.addLine(line({ version: '1.0.0' }));
    reader.addLine(line({ version: '1.0.0', timestamp: 3000 }));
    reader.addLine(line({ version: '1.0.0', timestamp: 2000, allowed: false, by: 'kernel' }));
    reader.addLine(line({ version: '1.0.0', action: 'write' }));
    reader.addLine(line({ version: '2.0.0', timestamp: 9000 }));
    const { versions, records } = reader.summary();
    assert.equal(records, 5);
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['2.0.0', '1.0.0'],
      'what ran last comes first',
    );
    assert.deepEqual(versions[1]?.uses[0], {
      scope: 'filesystem',
      action: 'read',
      resource: './data/a',
      allowed: 2,
      denied: 1,
      byKernel: 1,
      firstAt: 1000,
      lastAt: 3000,
    });
    assert.equal(versions[1]?.uses.length, 2);
  });

  test('what is no record is counted and left out; gaps and changes of grants are no uses', () => {
    const reader = createAuditReader();
    for (const text of [
      '',
      'not json',
      '{"timestamp": 1}',
      line({ timestamp: null }),
      line({ allowed: 'yes' }),
      `"${'x'.repeat(70_000)}"`,
      JSON.stringify({ timestamp: 1, dropped: 7 }),
      line({ change: 'revoked', allowed: false }),
      line({}),
    ]) {
      reader.addLine(text);
    }
    const { versions, ...counts } = reader.summary();
    assert.deepEqual(counts, { records: 1, broken: 5, dropped: 7, merged: 0 });
    assert.equal(versions[0]?.uses[0]?.denied, 0);
  });

  test('however many different things are recorded, what is kept is bounded, and nothing is lost from the sums', () => {
    const reader = createAuditReader();
    for (let index = 0; index < 10_000; index++) {
      reader.addLine(line({ resource: `./data/${index % 5000}/${index}.json` }));
    }
    for (let index = 0; index < 100; index++)
      reader.addLine(line({ version: `${index}.0.0`, timestamp: index }));
    const { versions, merged } = reader.summary();
    assert.ok(versions.length <= 32);
    const uses = versions.find(({ version }) => version === undefined)?.uses ?? [];
    assert.ok(uses.length <= 4001, `${uses.length} are kept`);
    assert.ok(merged > 0);
    assert.equal(
      uses.reduce((sum, { allowed }) => sum + allowed, 0),
      10_000,
    );
    assert.ok(uses.some(({ resource }) => resource === '*'));
  });
});

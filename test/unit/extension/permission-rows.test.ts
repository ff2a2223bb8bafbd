import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  permissionRow,
  permissionSummary,
  permissionTooltip,
} from '../../../src/extension/presentation/permission-rows.ts';
import type { PermissionRowView } from '../../../src/protocol/language/index.ts';

const place = {
  uri: 'file:///p/index.js',
  range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } },
  why: '`fetch` sends a request',
};
const row = (more: Partial<PermissionRowView>): PermissionRowView => ({
  scope: 'network',
  action: 'connect',
  resource: 'api.example.com',
  verdict: 'used',
  declared: place,
  narrower: [],
  inferred: [place],
  observed: { allowed: 3, denied: 0, lastAt: 0 },
  ...more,
});

describe('a permission in the Permissions view', () => {
  test('says what each of the three views says', () => {
    assert.deepEqual(permissionRow(row({})), {
      label: 'connect api.example.com',
      description: 'granted · in source · 3× in runs',
      icon: { id: 'pass', color: 'testing.iconPassed' },
      context: 'permission:used',
    });
    const undeclared = permissionRow(
      row({ verdict: 'undeclared', declared: null, inferred: [place, place], observed: null }),
    );
    assert.equal(undeclared.description, 'not granted · in source 2 times · not in runs');
    assert.equal(undeclared.icon.color, 'list.errorForeground');
    const free = permissionRow(row({ verdict: 'free', declared: null, resource: '*' }));
    assert.equal(free.label, 'connect');
    assert.match(free.description, /^needs no grant/u);
    const refused = row({ verdict: 'refused', inferred: [], observed: { allowed: 0, denied: 2, lastAt: 0 } });
    assert.equal(permissionRow(refused).description, 'granted · not in source · refused 2× in runs');
    const both = row({ observed: { allowed: 1, denied: 2, lastAt: 0 } });
    assert.match(permissionRow(both).description, /1× in runs, refused 2×$/u);
  });

  test('tells what would do', () => {
    const text = permissionTooltip(row({ verdict: 'wider', resource: '*', narrower: ['a.com', 'b.com'] }));
    assert.match(text, /A narrower grant would do\./u);
    assert.match(text, /It would do with: a\.com, b\.com/u);
    assert.match(permissionTooltip(row({ observed: null })), /Observed: not in runs$/u);
  });

  test('a plugin’s line counts what is not as it should be', () => {
    assert.equal(
      permissionSummary([row({}), row({ verdict: 'free' }), row({ verdict: 'unclear' })]),
      'as it should be',
    );
    assert.equal(
      permissionSummary([
        row({ verdict: 'undeclared' }),
        row({ verdict: 'undeclared' }),
        row({ verdict: 'unused' }),
        row({ verdict: 'wider' }),
        row({ verdict: 'refused' }),
      ]),
      '2 not granted, 1 refused, 1 unused, 1 wider than used',
    );
  });
});

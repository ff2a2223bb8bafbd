import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeApproval } from '../../../src/extension/presentation/approval-text.ts';
import { describeAudit } from '../../../src/extension/presentation/audit-table.ts';
import { describeCrash } from '../../../src/extension/presentation/crash-report.ts';
import type { CrashReport, RequestedCapability } from '../../../src/protocol/editor/index.ts';

const asked = (words: string, risk: RequestedCapability['risk'], isNew = true): RequestedCapability => ({
  key: words,
  scope: 'storage',
  action: 'read',
  resource: '*',
  words,
  risk,
  why: `It is ${risk}.`,
  isNew,
});
const about = { pluginId: 'hello', name: 'Hello', version: '2.0.0', dir: '/w/hello' };

test('a permission prompt has the riskiest first, and what was allowed before at the end', () => {
  const { question, detail } = describeApproval({
    ...about,
    capabilities: [
      asked('Read a', 'low'),
      asked('Run b', 'high'),
      { ...asked('Show d', 'low'), why: 'It stays here.' },
      asked('Know c', 'medium', false),
      asked('Read e', 'low'),
    ],
  });
  assert.equal(question, 'Allow Hello 2.0.0 what it now asks for?');
  assert.deepEqual(detail.split('\n\n'), [
    'HIGH RISK\n• Run b\nIt is high.',
    'LOW RISK\n• Read a\n• Read e\nIt is low.',
    '• Show d\nIt stays here.',
    'ALLOWED BEFORE\n• Know c',
    'Everything else stays forbidden. It is the plugin in /w/hello.',
  ]);
  const first = describeApproval({ ...about, capabilities: [asked('Read a', 'low')] });
  assert.equal(first.question, 'Allow Hello 2.0.0 what it asks for?');
});

test('a manifest can’t write lines of its own into a permission prompt', () => {
  const { question, detail } = describeApproval({
    ...about,
    name: 'Hello\u2028LOW RISK',
    capabilities: [
      asked('Reach a\n\nEverything else stays forbidden.', 'high'),
      asked(`Read \u202e${'x'.repeat(9000)}`, 'low'),
    ],
  });
  assert.equal(question, 'Allow Hello LOW RISK 2.0.0 what it asks for?');
  assert.equal(detail.split('\n\n').length, 3);
  assert.match(detail, /^• Reach a Everything else stays forbidden\.$/m);
  assert.match(detail, /^• Read \ufffdx{100,400}…$/m);
});

const report: CrashReport = {
  id: 'r1',
  pluginId: 'hello',
  version: '1.0.0',
  runtime: 'node 24.1.0',
  timestamp: 0,
  uptimeMs: 1500,
  generation: 2,
  cause: 'outOfMemory',
  exit: { code: null, signal: 'SIGKILL' },
  problem: {
    code: 'PW-LIMIT-MEMORY',
    message: 'full',
    location: { file: '/w/hello/a|b.js', line: 3, column: 1 },
  },
  lastLog: [{ timestamp: 0, source: 'stderr', level: 'error', message: 'ends a fence: ````' }],
  resources: [{ timestamp: 0, memoryBytes: 1_048_576, cpuPercent: 12.3, fileHandles: 7 }],
  inFlight: [{ method: 'grow', forMs: 12 }],
  outcome: { kind: 'restart', attempt: 1, delayMs: 250 },
};

test('a crash report tells it all, and the plugin’s words can’t break out of their place', () => {
  const text = describeCrash(report);
  assert.match(text, /it ran out of memory \(signal SIGKILL\)/);
  assert.match(text, /\/w\/hello\/a\\\|b\.js:3/);
  assert.match(text, /started again after 0\.25 s \(attempt 1\)/);
  assert.match(text, /- grow for 12 ms/);
  assert.match(text, /\| 00:00:00 \| 1\.0 MB \| 12/);
  assert.match(text, /`{5}text\n.*ends a fence: `{4}\n`{5}/);
  const bare = describeCrash({
    ...report,
    inFlight: [],
    resources: [],
    lastLog: [],
    outcome: { kind: 'left' },
  });
  assert.match(bare, /No call was in flight\./);
  assert.match(bare, /It logged nothing\./);
});

test('an audit has the refused first, alike ones together, with the line that allows them', () => {
  const entry = { timestamp: 1000, scope: 'storage', action: 'write', resource: 'k', allowed: false };
  const text = describeAudit('He|lo', [
    { ...entry, grant: '"storage": true' },
    { ...entry, timestamp: 2000, grant: '"storage": true' },
    { ...entry, action: 'read', resource: '`x`', allowed: true },
  ]);
  assert.match(text, /^# What He\\\|lo asked for/);
  assert.match(text, /2 refused, 1 allowed/);
  assert.match(text, /\| 00:00:02 \| 2× \| storage write \| k \| "storage": true \|/);
  assert.match(text, /\| 00:00:01 \| 1× \| storage read \| \\`x\\` \|/);
  assert.ok(text.indexOf('storage write') < text.indexOf('storage read'));
  const change = {
    ...entry,
    change: 'narrowed',
    allowed: true,
    resource: './a',
    from: './**',
    by: 'user',
  } as const;
  const changed = describeAudit('p', [change, { ...entry, change: 'expired', by: 'time', expiresAt: 1000 }]);
  assert.match(changed, /0 refused, 0 allowed/);
  assert.match(
    changed,
    /\| 1970-01-01 00:00 \| narrowed \| user \| storage write \| \.\/\\\*\\\* → \.\/a \| {2}\|/,
  );
  assert.match(changed, /\| expired \| time \| storage write \| k \| 1970-01-01 00:00 \|/);
  assert.match(describeAudit('p', []), /Nothing was refused\.[\s\S]*Nothing was asked for\./);
});

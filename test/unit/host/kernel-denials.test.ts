import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { AuditEntry } from '../../../src/host/broker/audit.ts';
import { createKernelDenials } from '../../../src/host/process/kernel-denials.ts';
import type { SandboxPolicy } from '../../../src/sandbox/index.ts';

const root = mkdtempSync(path.join(tmpdir(), 'kernel-denials-'));
after(() => rmSync(root, { recursive: true }));
// Not under /tmp, of which every sandbox has its own.
const at = (...parts: string[]): string => path.join('/usr', ...parts);
const policy: SandboxPolicy = {
  name: 'p',
  command: ['/usr/bin/node'],
  pluginDir: at('share'),
  runtimePaths: ['/usr/bin/node'],
  mounts: [],
  readOnly: [at('include')],
  readWrite: [at('share', 'data')],
  env: {},
  tmpBytes: 1,
  fileHandles: 1,
};

function listen(change: Partial<SandboxPolicy> = {}) {
  const entries: AuditEntry[] = [];
  const seen = createKernelDenials({
    policy: { ...policy, ...change },
    audit: entry => entries.push(entry),
    describeGrant: need => `grant ${need.resource}`,
    now: () => 7,
  });
  return { entries, seen };
}

test('an attempt at what nothing opens becomes a denial with the line to add, once', () => {
  const { entries, seen } = listen();
  for (let n = 0; n < 3; n++) seen({ scope: 'filesystem', action: 'read', resource: '/etc/passwd' });
  seen({ scope: 'filesystem', action: 'write', resource: at('share', 'own.txt') });
  seen({ scope: 'network', action: 'connect', resource: 'example.com:443' });
  assert.deepEqual(
    entries.map(({ action, resource, allowed, grant, by }) => ({ action, resource, allowed, grant, by })),
    [
      { action: 'read', resource: '/etc/passwd', allowed: false, grant: 'grant /etc/passwd', by: 'kernel' },
      { action: 'write', resource: './own.txt', allowed: false, grant: 'grant ./own.txt', by: 'kernel' },
      {
        action: 'connect',
        resource: 'example.com:443',
        allowed: false,
        grant: 'grant example.com:443',
        by: 'kernel',
      },
    ],
  );
});

test('what the policy opens, what is not there, and a runtime’s own look-ups are no denials', () => {
  const { entries, seen } = listen();
  mkdirSync(path.join(root, 'node_modules'));
  writeFileSync(path.join(root, 'package.json'), '{}');
  for (const resource of [
    at('share', 'index.js'),
    at('include', 'stdio.h'),
    at('share', 'data', 'x'),
    '/proc/self/status',
    '/tmp/private',
    '/no/such/file',
    path.join(root, 'package.json'),
    path.join(root, 'node_modules', 'x'),
    'relative',
    '/nul\0',
    `/${'x'.repeat(4000)}`,
    `/usr/${'x'.repeat(300)}/file`,
  ]) {
    seen({ scope: 'filesystem', action: 'read', resource });
  }
  seen({ scope: 'filesystem', action: 'write', resource: at('share', 'data', 'made') });
  seen({ scope: 'filesystem', action: 'write', resource: '/no/such/folder/file' });
  assert.deepEqual(entries, []);
});

test('a flood of different attempts is told to an end', () => {
  const { entries, seen } = listen();
  for (let n = 0; n < 5000; n++) seen({ scope: 'network', action: 'connect', resource: `host-${n}:1` });
  assert.equal(entries.length, 1000);
});

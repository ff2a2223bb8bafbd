import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { readSeccompProfile, tighten } from '../../../src/host/process/seccomp-profile.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seccomp-profile-'));
after(() => rmSync(root, { recursive: true }));

function folder(content: string): string {
  const dir = mkdtempSync(path.join(root, 'plugin-'));
  writeFileSync(path.join(dir, 'seccomp.json'), content);
  return dir;
}

test('a profile that allows by default refuses what it names', () => {
  const { refusedCalls, notes } = tighten({
    defaultAction: 'SCMP_ACT_ALLOW',
    syscalls: [
      { names: ['chmod', 'fchmod'], action: 'SCMP_ACT_ERRNO' },
      { names: ['kill'], action: 'SCMP_ACT_KILL_PROCESS' },
    ],
  });
  assert.deepEqual(refusedCalls, ['chmod', 'fchmod', 'kill']);
  assert.deepEqual(notes, []);
});

test('a profile that refuses by default refuses all but what it allows', () => {
  const { refusedCalls } = tighten({
    defaultAction: 'SCMP_ACT_ERRNO',
    syscalls: [
      { names: ['read', 'write'], action: 'SCMP_ACT_ALLOW' },
      { names: ['mount'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['CAP_SYS_ADMIN'] } },
    ],
  });
  assert.equal(refusedCalls.includes('read'), false);
  for (const name of ['mount', 'chmod', 'removexattrat']) assert.ok(refusedCalls.includes(name), name);
  assert.ok(refusedCalls.length > 350);
});

test('what has no effect is said', () => {
  const { refusedCalls, notes } = tighten({
    defaultAction: 'SCMP_ACT_ALLOW',
    syscalls: [
      { names: ['no_such_call'], action: 'SCMP_ACT_ERRNO' },
      { names: ['clone'], action: 'SCMP_ACT_ERRNO', args: [{ index: 0, value: 1, op: 'SCMP_CMP_EQ' }] },
    ],
  });
  assert.equal(refusedCalls.includes('clone'), false);
  assert.equal(notes.length, 2);
  assert.match(notes.join(), /no_such_call.*arguments of "clone"/s);
});

test('without a profile there is none; a broken one says where', async () => {
  const none = path.join(root, 'none');
  mkdirSync(none);
  assert.equal(await readSeccompProfile(none), undefined);
  for (const content of [
    '{',
    '[]',
    '{"defaultAction":"allow"}',
    '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{}]}',
  ]) {
    await assert.rejects(readSeccompProfile(folder(content)), { code: 'PW-PLUGIN-SECCOMP' });
  }
  const real = await readSeccompProfile(
    folder(
      '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["chmod"],"action":"SCMP_ACT_ERRNO","args":null}]}',
    ),
  );
  assert.deepEqual(real?.refusedCalls, ['chmod']);
});

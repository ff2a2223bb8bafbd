import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openGrants } from '../../../src/sandbox/bubblewrap/grants.ts';
import { checkPolicy } from '../../../src/sandbox/bubblewrap/policy-check.ts';
import { decodeShellCode } from '../../../src/sandbox/child-process.ts';
import type { SandboxPolicy } from '../../../src/sandbox/port.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'policy-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'plugin'));
mkdirSync(join(folder, 'granted'));
symlinkSync('/etc', join(folder, 'link'));

const policy: SandboxPolicy = {
  name: 'x',
  command: ['/bin/true'],
  pluginDir: join(folder, 'plugin'),
  runtimePaths: [],
  mounts: [],
  readOnly: [],
  readWrite: [],
  env: {},
  tmpBytes: 4096,
  fileHandles: 64,
};

describe('checkPolicy', () => {
  it('accepts folders that are where they say', () => {
    checkPolicy({ ...policy, readWrite: [join(folder, 'granted')] });
  });

  it('refuses a granted path that is a link, or lies behind one', () => {
    for (const path of [join(folder, 'link'), join(folder, 'link/apt')]) {
      assert.throws(() => checkPolicy({ ...policy, readOnly: [path] }), { code: 'PW-SANDBOX-START' });
    }
  });

  it('refuses what would uncover the system', () => {
    for (const path of ['/', '/proc', '/proc/sys', '/dev/mem', '/sys']) {
      assert.throws(() => checkPolicy({ ...policy, readWrite: [path] }), { code: 'PW-SANDBOX-START' }, path);
    }
  });

  it('names a folder that is gone', () => {
    const gone = join(folder, 'gone');
    assert.throws(() => checkPolicy({ ...policy, pluginDir: gone }), {
      code: 'PW-SANDBOX-START',
      nextStep: `Make ${gone} again, or remove it from what the plugin is granted.`,
    });
  });

  it('treats a relative path, a detour or a strange name as a bug', () => {
    assert.throws(() => checkPolicy({ ...policy, pluginDir: 'plugin' }), /absolute/);
    assert.throws(() => checkPolicy({ ...policy, readOnly: [`${folder}/a/../granted`] }), /normal/);
    assert.throws(() => checkPolicy({ ...policy, name: 'two words' }), /name/);
  });
});

describe('openGrants', { skip: process.platform !== 'linux' && 'there is no /proc to look at' }, () => {
  it('refuses a folder that was swapped for a link after the check', () => {
    assert.throws(() => openGrants({ ...policy, readWrite: [join(folder, 'link')] }), {
      code: 'PW-SANDBOX-START',
    });
    assert.throws(() => openGrants({ ...policy, readWrite: [join(folder, 'link/apt')] }), {
      code: 'PW-SANDBOX-START',
    });
  });
});

describe('decodeShellCode', () => {
  it('tells signals from exit codes', () => {
    assert.deepEqual(decodeShellCode(0), { code: 0, signal: null });
    assert.deepEqual(decodeShellCode(3), { code: 3, signal: null });
    assert.deepEqual(decodeShellCode(137), { code: null, signal: 'SIGKILL' });
    assert.deepEqual(decodeShellCode(255), { code: 255, signal: null });
  });
});

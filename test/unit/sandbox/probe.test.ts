import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import { findProgram, forbidden, probe } from '../../../src/sandbox/bubblewrap/probe.ts';

const linux = { platform: 'linux', architecture: 'x64', searchPath: '/nowhere' };

async function failureOf(machine: typeof linux): Promise<WorkbenchError> {
  const error: unknown = await probe(machine).catch(reason => reason);
  assert.ok(error instanceof WorkbenchError);
  return error;
}

describe('probe', () => {
  it('refuses other platforms and processors', async () => {
    assert.equal((await failureOf({ ...linux, platform: 'darwin' })).code, 'PW-SANDBOX-PLATFORM');
    assert.equal((await failureOf({ ...linux, platform: 'win32' })).code, 'PW-SANDBOX-PLATFORM');
    const error = await failureOf({ ...linux, architecture: 'riscv64' });
    assert.equal(error.code, 'PW-SANDBOX-PLATFORM');
    assert.match(error.message, /riscv64/);
  });

  it('says how to install what is missing', async () => {
    const error = await failureOf(linux);
    assert.equal(error.code, 'PW-SANDBOX-MISSING');
    assert.equal(error.nextStep, 'sudo apt-get install bubblewrap');
  });

  it('names the switch that forbids user namespaces', () => {
    const set = (path: string, value: string) => (asked: string) =>
      asked.endsWith(path) ? value : undefined;
    const ubuntu = forbidden('EPERM', undefined, set('apparmor_restrict_unprivileged_userns', '1'));
    assert.equal(ubuntu.code, 'PW-SANDBOX-FORBIDDEN');
    assert.match(ubuntu.nextStep ?? '', /AppArmor.*kernel\.apparmor_restrict_unprivileged_userns=0/);
    const debian = forbidden('EPERM', undefined, set('unprivileged_userns_clone', '0'));
    assert.match(debian.nextStep ?? '', /kernel\.unprivileged_userns_clone=1/);
    const unknown = forbidden('EPERM', undefined, () => undefined);
    assert.match(unknown.nextStep ?? '', /container/);
  });
});

describe('findProgram', () => {
  it('takes no relative entry of the search path', () => {
    assert.equal(findProgram('sh', '.:bin:'), undefined);
    assert.match(findProgram('sh', `.:/bin:/usr/bin`) ?? '', /^\//);
  });
});

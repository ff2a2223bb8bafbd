import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type BubblewrapSetting,
  bindsOf,
  bubblewrapArguments,
} from '../../../src/sandbox/bubblewrap/arguments.ts';
import type { SandboxPolicy } from '../../../src/sandbox/port.ts';

const policy: SandboxPolicy = {
  name: 'hello',
  command: ['/opt/node', '/host/child.cjs'],
  pluginDir: '/home/ada/hello',
  runtimePaths: ['/opt/node', '/lib64/ld.so'],
  mounts: [{ from: '/dist/sdk', to: '/node_modules/plugin-workbench' }],
  readOnly: ['/home/ada/data'],
  readWrite: ['/home/ada/hello/out'],
  env: { HOME: '/tmp', LANG: 'C.UTF-8' },
  tmpBytes: 1024,
  fileHandles: 64,
};

const setting: BubblewrapSetting = {
  seccompFd: 5,
  statusFd: 4,
  grantFds: new Map(),
  innerId: undefined,
  maskedFiles: [],
  maskedFolders: [],
  disablesUserNamespaces: true,
};

describe('bubblewrapArguments', () => {
  it('shares the network for a build tool alone, and changes nothing else by it', () => {
    const shared = bubblewrapArguments({ ...policy, network: 'shared' }, setting);
    assert.deepEqual(
      shared.filter(option => option !== '--share-net'),
      bubblewrapArguments(policy, setting),
    );
    assert.equal(shared.indexOf('--share-net'), shared.indexOf('--unshare-all') + 1);
    for (const network of ['none', undefined] as const) {
      const { network: _, ...rest } = { ...policy, network };
      const given = network === undefined ? rest : { ...rest, network };
      assert.ok(!bubblewrapArguments(given, setting).includes('--share-net'));
    }
  });

  it('writes the whole list for a policy', () => {
    assert.equal(
      bubblewrapArguments(policy, setting).join(' ').replaceAll(' --', '\n--'),
      `--unshare-user
--unshare-all
--disable-userns
--die-with-parent
--new-session
--as-pid-1
--cap-drop ALL
--clearenv
--setenv HOME /tmp
--setenv LANG C.UTF-8
--hostname hello
--proc /proc
--ro-bind /proc/sys /proc/sys
--dev /dev
--size 1024
--tmpfs /tmp
--ro-bind /opt/node /opt/node
--ro-bind /lib64/ld.so /lib64/ld.so
--ro-bind /dist/sdk /node_modules/plugin-workbench
--ro-bind /home/ada/hello /home/ada/hello
--ro-bind /home/ada/data /home/ada/data
--bind /home/ada/hello/out /home/ada/hello/out
--remount-ro /dev
--remount-ro /
--chdir /home/ada/hello
--seccomp 5
--json-status-fd 4`,
    );
  });

  it('binds what was granted by its open descriptor', () => {
    const grantFds = new Map([
      ['/home/ada/data', 7],
      ['/home/ada/hello/out', 8],
    ]);
    const list = bubblewrapArguments(policy, { ...setting, grantFds }).join(' ');
    assert.match(list, / --ro-bind-fd 7 \/home\/ada\/data /);
    assert.match(list, / --bind-fd 8 \/home\/ada\/hello\/out /);
  });

  it('covers what root owns in /proc, and maps root to another number', () => {
    const list = bubblewrapArguments(policy, {
      ...setting,
      innerId: 65534,
      maskedFiles: ['/proc/kcore'],
      maskedFolders: ['/proc/irq'],
    }).join(' ');
    assert.match(list, / --uid 65534 --gid 65534 /);
    assert.match(list, / --ro-bind \/dev\/null \/proc\/kcore /);
    assert.match(list, / --size 4096 --tmpfs \/proc\/irq --remount-ro \/proc\/irq /);
  });

  it('leaves out what an older bubblewrap does not know', () => {
    const list = bubblewrapArguments(policy, { ...setting, disablesUserNamespaces: false });
    assert.ok(!list.includes('--disable-userns'));
  });

  it('takes no value with a NUL, which would be the start of another option', () => {
    const env = { A: 'x\0--bind\0/\0/' };
    assert.throws(() => bubblewrapArguments({ ...policy, env }, setting), /NUL/);
  });
});

describe('bindsOf', () => {
  it('mounts the outer before the inner, whatever their order in the policy', () => {
    const places = bindsOf({ ...policy, readWrite: ['/a/b/c', '/a'], readOnly: ['/a/b'] }).map(
      ({ to }) => to,
    );
    assert.deepEqual(
      places.filter(to => to.startsWith('/a')),
      ['/a', '/a/b', '/a/b/c'],
    );
  });

  it('keeps the runtime read-only when the same place is granted for writing', () => {
    const binds = bindsOf({ ...policy, readWrite: ['/opt/node'] });
    assert.deepEqual(
      binds.filter(({ to }) => to === '/opt/node').map(({ writable }) => writable),
      [false],
    );
  });
});

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findControlGroups } from '../../../src/sandbox/cgroup/groups.ts';
import { findGroupParents } from '../../../src/sandbox/cgroup/hierarchy.ts';

const root = mkdtempSync(join(tmpdir(), 'control-groups-'));
after(() => rmSync(root, { recursive: true }));

/** Folders that look like a control group file system, as far as the search goes. */
function lay(name: string, shared: Readonly<Record<string, string>>): string {
  const mount = join(root, name);
  for (const [folder, controllers] of Object.entries(shared)) {
    mkdirSync(join(mount, folder), { recursive: true });
    writeFileSync(join(mount, folder, 'cgroup.procs'), '');
    writeFileSync(join(mount, folder, 'cgroup.subtree_control'), `${controllers}\n`);
  }
  return mount;
}

test('the nearest group that shares its controllers is used', () => {
  const mount = lay('unified', {
    '.': 'memory pids cpu',
    'user.slice': 'memory pids',
    'user.slice/app.slice': 'memory pids',
    'user.slice/app.slice/editor.scope': '',
  });
  const parents = findGroupParents({
    membership: '0::/user.slice/app.slice/editor.scope\n',
    mounts: `30 23 0:26 / ${mount} rw,nosuid shared:9 - cgroup2 cgroup2 rw\n`,
  });
  assert.deepEqual(parents, [
    { version: 2, folder: join(mount, 'user.slice/app.slice'), controllers: ['memory', 'pids'] },
  ]);
});

test('in a container, whose mount shows a part of the tree, paths are taken from there', () => {
  const mount = lay('container', { '.': 'memory', inner: '' });
  const parents = findGroupParents({
    membership: '0::/docker/abc/inner\n',
    mounts: `30 23 0:26 /docker/abc ${mount} rw - cgroup2 cgroup rw\n`,
  });
  assert.deepEqual(parents, [{ version: 2, folder: mount, controllers: ['memory'] }]);
});

test('separate hierarchies are used one by one', () => {
  const memory = lay('memory', { '.': '', session: '' });
  const cpu = lay('cpu', { '.': '', session: '' });
  const parents = findGroupParents({
    membership: '4:memory:/session\n2:cpu,cpuacct:/session\n0::/\n',
    mounts: [
      `1 0 0:1 / ${memory} rw - cgroup cgroup rw,memory`,
      `2 0 0:2 / ${cpu} rw - cgroup cgroup rw,cpu,cpuacct`,
      '3 0 0:3 / / rw - ext4 /dev/sda rw',
    ].join('\n'),
  });
  assert.deepEqual(parents, [
    { version: 1, folder: join(memory, 'session'), controllers: ['memory'] },
    { version: 1, folder: join(cpu, 'session'), controllers: ['cpu'] },
  ]);
});

test('without control groups there are none', () => {
  assert.deepEqual(findGroupParents({ membership: '', mounts: '' }), []);
});

test('groups of workbenches that are gone are removed, those of living ones stay', () => {
  const mount = lay('left', { '.': 'memory' });
  const gone = join(mount, `plugin-workbench-${2 ** 22 + 1}-1`);
  const living = join(mount, `plugin-workbench-${process.pid}-7`);
  const other = join(mount, 'somebody-else');
  for (const folder of [gone, living, other]) mkdirSync(folder);
  const groups = findControlGroups([{ version: 2, folder: mount, controllers: ['memory'] }]);
  assert.deepEqual([gone, living, other].map(existsSync), [false, true, true]);
  assert.deepEqual([...groups.holds], ['memory']);
});

test('a group the kernel refuses is not left half made', () => {
  const missing = join(root, 'not-there');
  const mount = lay('half', { '.': 'memory' });
  const groups = findControlGroups([{ version: 2, folder: mount, controllers: ['memory'] }]);
  const halfway = findControlGroups([
    { version: 2, folder: mount, controllers: [] },
    { version: 2, folder: mount, controllers: ['memory'] },
  ]);
  const limits = { memoryBytes: 1024, cpuPercent: 50, processes: 10 };
  assert.equal(halfway.create(limits), undefined, 'two groups of one name can’t be made');
  assert.equal(existsSync(missing), false);
  assert.ok(groups);
  assert.deepEqual(
    readdirSync(mount).filter(name => name.startsWith('plugin-workbench')),
    [],
  );
});

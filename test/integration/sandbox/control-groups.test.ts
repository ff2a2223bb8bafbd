import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { findControlGroups } from '../../../src/sandbox/cgroup/index.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

const mebibyte = 2 ** 20;
const groups = findControlGroups();
const skip = groups.holds.size === 0 && 'this user may make no control groups here';

for (const identity of identities) {
  describe(`limits held by the kernel, confined as ${identity}`, { skip }, () => {
    let sandbox: Sandbox;
    let world: World;
    before(async () => {
      sandbox = await createSandbox({ confined: true });
      world = makeWorld(sandbox, identity);
    });
    after(() => world.dispose());
    const ceilings = { memoryBytes: 96 * mebibyte, cpuPercent: 400 };

    it('says what it holds', () => {
      assert.equal(sandbox.holds.memory, groups.holds.has('memory'));
      assert.match(sandbox.description, sandbox.holds.memory ? /holds its memory/ : /watched/);
    });

    it('ends what takes more memory than it may, at once, and tells why', {
      skip: !groups.holds.has('memory') && 'no memory controller',
    }, async () => {
      const { exit, found } = await world.run(
        `report({ began: true });
         const held = [];
         for (;;) held.push(Buffer.alloc(8 * 2 ** 20, 1));`,
        { ceilings },
      );
      assert.equal(found['began'], true);
      assert.deepEqual(exit, { code: null, signal: 'SIGKILL', outOfMemory: true });
    });

    it('says nothing of memory when something else ended it', async () => {
      const child = await world.start(`report({}); setInterval(() => {}, 1e6);`, { ceilings });
      await once(child.stdout, 'data');
      child.kill();
      assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
      child.dispose();
    });

    it('bounds the number of processes, whoever runs it', {
      skip: !groups.holds.has('pids') && 'no process controller',
    }, async () => {
      const { found } = await world.run(
        `import { spawn } from 'node:child_process';
         let started = 0;
         const errors = new Set();
         for (let n = 0; n < 60; n++) {
           const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'], { stdio: 'ignore' });
           child.on('error', error => errors.add(error.code));
           if (child.pid !== undefined) started++;
         }
         await new Promise(resolve => setTimeout(resolve, 200));
         report({ started, errors: [...errors] });
         process.exit(0);`,
        { ceilings: { ...ceilings, memoryBytes: 4096 * mebibyte }, processes: 40 },
      );
      assert.ok(Number(found['started']) < 40, `${found['started']} started`);
      assert.deepEqual(found['errors'], ['EAGAIN']);
    });

    it('gives no more processor time than it may, once it has started up', {
      skip: !groups.holds.has('cpu') && 'no processor controller',
    }, async () => {
      const child = await world.start(
        `report({ began: true });
         for (;;) Math.random();`,
        { ceilings: { ...ceilings, cpuPercent: 20 } },
      );
      await once(child.stdout, 'data');
      // Not a timed test: the share is a ratio, and other work on the machine can only lower it.
      await delay(3000);
      const before = cpuMs(child.pid);
      const begun = performance.now();
      await delay(3000);
      const share = (cpuMs(child.pid) - before) / (performance.now() - begun);
      assert.ok(share < 0.4, `${share} of a core`);
      child.kill();
      await child.exited;
      child.dispose();
    });

    it('leaves no group behind', async () => {
      const child = await world.start(`report({}); setInterval(() => {}, 1e6);`, { ceilings });
      await once(child.stdout, 'data');
      const folders = groupFoldersOf(child.pid);
      assert.ok(folders.length > 0);
      child.kill();
      await child.exited;
      child.dispose();
      while (folders.some(folder => existsSync(folder))) await delay(20);
    });
  });
}

describe('control groups that are not there', () => {
  it('hold nothing, and are not made', () => {
    const none = findControlGroups([]);
    assert.equal(none.holds.size, 0);
    assert.equal(none.create({ memoryBytes: 1, cpuPercent: 1, processes: 1 }), undefined);
  });
});

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The groups of this test run that a process is in, wherever the hierarchies are mounted. */
function groupFoldersOf(pid: number): string[] {
  const name = /plugin-workbench-[\d-]+/.exec(readFileSync(`/proc/${pid}/cgroup`, 'latin1'))?.[0];
  assert.ok(name, 'it is in a group of its own');
  return readFileSync('/proc/self/mountinfo', 'latin1')
    .split('\n')
    .filter(line => / - cgroup2? /.test(line))
    .flatMap(line => findFolders(line.split(' ')[4] ?? '', name, 3));
}

function findFolders(folder: string, name: string, depth: number): string[] {
  if (depth === 0) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return entries.flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    return entry.name === name ? [path] : findFolders(path, name, depth - 1);
  });
}

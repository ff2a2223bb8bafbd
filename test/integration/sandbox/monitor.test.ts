import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import {
  createSandbox,
  type LimitBreach,
  type SandboxedProcess,
  watchProcess,
} from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

const mebibyte = 2 ** 20;
const roomy = { memoryBytes: 4096 * mebibyte, cpuPercent: 10_000 };

describe('watching a process', { skip: process.platform !== 'linux' && 'it reads /proc' }, () => {
  let world: World;
  before(async () => {
    world = makeWorld(await createSandbox({ confined: true }), identities[0] ?? 'user');
  });
  after(() => world.dispose());

  /** Starts a script that waits for a byte on the wire before it runs. */
  async function startHeld(script: string): Promise<SandboxedProcess> {
    return world.start(`
      import net from 'node:net';
      const wire = new net.Socket({ fd: 3 });
      wire.write('ready');
      await new Promise(resolve => wire.once('data', resolve));
      ${script}`);
  }

  /** Lets the script go and waits for the first breach that kills. */
  async function breachesOf(
    script: string,
    limits: typeof roomy,
    tuning?: Parameters<typeof watchProcess>[3],
  ): Promise<LimitBreach[]> {
    const child = await startHeld(script);
    await once(child.wire, 'data');
    const seen: LimitBreach[] = [];
    const monitor = watchProcess(child.pid, limits, breach => seen.push(breach), tuning);
    child.wire.write('go');
    assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
    assert.equal(monitor.read(), undefined);
    monitor.dispose();
    child.dispose();
    return seen;
  }

  it('reads memory, CPU, files and disk', async () => {
    const child = await startHeld(`
      const held = Buffer.alloc(50 * 2 ** 20, 1);
      const end = process.cpuUsage().user + 200_000;
      while (process.cpuUsage().user < end) Math.random();
      fs.writeFileSync(${JSON.stringify(world.writable)} + '/disk', Buffer.alloc(2 ** 20));
      wire.write('done');
      setInterval(() => held.length, 1e6);`);
    await once(child.wire, 'data');
    const monitor = watchProcess(child.pid, roomy, () => assert.fail('no limit was broken'));
    const earlier = monitor.read();
    child.wire.write('go');
    await once(child.wire, 'data');
    const later = monitor.read();
    assert.ok(earlier !== undefined && later !== undefined);
    for (const key of ['anonymousBytes', 'privateBytes', 'residentBytes'] as const) {
      assert.ok(later[key] - earlier[key] > 45 * mebibyte, `${key}: ${earlier[key]} → ${later[key]}`);
    }
    assert.ok(later.cpuMs - earlier.cpuMs >= 150, `${later.cpuMs}`);
    assert.ok(later.fileHandles > 4 && later.fileHandles < 64, `${later.fileHandles}`);
    assert.ok(later.diskWriteBytes >= 0 && later.diskReadBytes >= 0);
    monitor.dispose();
    monitor.dispose();
    child.kill();
    await child.exited;
    child.dispose();
  });

  it('warns, then kills when memory runs over', async () => {
    const seen = await breachesOf(
      `const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 20, 1)), 5);`,
      { ...roomy, memoryBytes: 120 * mebibyte },
    );
    assert.deepEqual(
      seen.map(({ resource, action }) => `${resource} ${action}`),
      ['memory alerted', 'memory warned', 'memory killed'],
    );
    assert.ok((seen.at(-1)?.used ?? 0) >= 120 * mebibyte);
  });

  it('counts the memory of descendants', async () => {
    const seen = await breachesOf(
      `import { spawn } from 'node:child_process';
       spawn(process.execPath, ['-e', 'const b = Buffer.alloc(150 * 2 ** 20, 1); setInterval(() => b.length, 1e6)'], { stdio: 'inherit' });
       setInterval(() => {}, 1e6);`,
      { ...roomy, memoryBytes: 120 * mebibyte },
      { treeMs: 0 },
    );
    assert.equal(seen.at(-1)?.action, 'killed');
  });

  it('warns, then kills when the processor is kept busy', async () => {
    const seen = await breachesOf(
      'for (;;) Math.random();',
      { ...roomy, cpuPercent: 5 },
      { cpuWarningMs: 100, cpuKillMs: 400 },
    );
    assert.deepEqual(
      seen.map(({ resource, action }) => `${resource} ${action}`),
      ['cpu warned', 'cpu killed'],
    );
    assert.ok((seen[1]?.used ?? 0) > 5);
  });

  it('finds nothing to read where there is no process', () => {
    const monitor = watchProcess(2 ** 22 + 1, roomy, () => assert.fail('there is nothing to watch'));
    assert.equal(monitor.read(), undefined);
    monitor.dispose();
  });
});

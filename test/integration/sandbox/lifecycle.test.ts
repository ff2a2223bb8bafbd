import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkbenchError } from '../../../src/base/index.ts';
import { createSandbox, createUnconfined, type Sandbox } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

const onLinux = process.platform === 'linux';
const waitForEver = 'setInterval(() => {}, 1e6);';

/** Starts a family: a child, a grandchild in a session of its own, and an orphan; says `ready` on the wire. */
const startFamily = `
  import { spawn } from 'node:child_process';
  import net from 'node:net';
  const wire = new net.Socket({ fd: 3 });
  const script = "require('child_process').spawn(process.execPath, ['-e', 'setInterval(()=>{},1e6)', MARK], { detached: true, stdio: 'ignore' }).unref()";
  const start = more => spawn(process.execPath, ['-e', script.replace('MARK', JSON.stringify(process.env.MARK)) + more, process.env.MARK], { stdio: 'ignore' });
  start('; setInterval(() => {}, 1e6)');
  start('').once('exit', () => wire.write('ready'));
  ${waitForEver}`;

for (const identity of identities) {
  describe(`the life of a process confined as ${identity}`, {
    skip: !onLinux && 'the sandbox needs Linux',
  }, () => {
    let sandbox: Sandbox;
    let world: World;
    before(async () => {
      sandbox = await createSandbox({ confined: true });
      world = makeWorld(sandbox, identity);
    });
    after(() => world.dispose());

    it('speaks over descriptor 3', async () => {
      const child = await world.start(`
        import net from 'node:net';
        const wire = new net.Socket({ fd: 3 });
        wire.on('data', data => wire.end('echo ' + data));`);
      child.wire.write('hello');
      const [answer] = await once(child.wire, 'data');
      assert.equal(String(answer), 'echo hello');
      assert.deepEqual(await child.exited, { code: 0, signal: null });
      child.dispose();
    });

    it('tells the exit code, and the signal', async () => {
      const ended = await world.run('process.exit(3)');
      assert.deepEqual(ended.exit, { code: 3, signal: null });
      const child = await world.start(waitForEver);
      child.kill();
      assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
      child.kill();
      child.dispose();
      child.dispose();
    });

    it('gives the process id by which the host knows it', async () => {
      const child = await world.start(waitForEver);
      assert.match(readFileSync(`/proc/${child.pid}/cmdline`, 'latin1'), /main\.mjs/);
      child.dispose();
      await child.exited;
      assert.ok(!existsSync(`/proc/${child.pid}`));
    });

    it('takes every descendant along when it is killed', async () => {
      const mark = `mark-${process.pid}-${identity.replace(' ', '-')}`;
      const child = await world.start(startFamily, { env: { MARK: mark } });
      await once(child.wire, 'data');
      await waitUntil(() => countMarked(mark) >= 3);
      child.kill();
      await child.exited;
      assert.equal(countMarked(mark), 0);
      child.dispose();
    });

    it('names what was missing when the program can not start', async () => {
      const node = world.policy([]).runtimePaths[0] ?? '';
      // Without its shared libraries the program can't be executed, which shows only inside.
      const error: unknown = await sandbox
        .launch(world.policy([node, 'x'], { runtimePaths: [node] }))
        .catch(reason => reason);
      assert.ok(error instanceof WorkbenchError);
      assert.equal(error.code, 'PW-SANDBOX-START');
      assert.match(String(error.details?.['stderr']), /execvp .*No such file/);
      assert.match(error.nextStep ?? '', /shared libraries/);
    });

    it('refuses a folder that has vanished', async () => {
      const gone = join(world.root, 'gone');
      for (const change of [{ pluginDir: gone }, { readWrite: [gone] }, { runtimePaths: [gone] }]) {
        await assert.rejects(sandbox.launch(world.policy(['/bin/true'], change)), {
          code: 'PW-SANDBOX-START',
        });
      }
    });

    it('can be aborted before and while it starts, and leaves nothing', async () => {
      const mark = `abort-${process.pid}-${identity.replace(' ', '-')}`;
      const node = world.policy([]).runtimePaths[0] ?? '';
      const script = join(world.pluginDir, `${mark}.mjs`);
      writeFileSync(script, waitForEver);
      const launch = (signal: AbortSignal) => sandbox.launch(world.policy([node, script]), signal);
      await assert.rejects(launch(AbortSignal.abort(new Error('not wanted'))), /not wanted/);
      for (const wait of [0, 1, 2, 3, 5, 8]) {
        const controller = new AbortController();
        const launching = launch(controller.signal);
        // It may be over before the abort; then it has to be ended the ordinary way.
        const outcome = launching.then(
          child => child,
          (error: unknown) => error,
        );
        if (wait > 0) await delay(wait);
        controller.abort(new Error('changed my mind'));
        const result = await outcome;
        if (result instanceof Error) assert.match(result.message, /changed my mind/);
        else {
          const child = await launching;
          child.dispose();
          await child.exited;
        }
        assert.equal(countMarked(mark), 0);
      }
      rmSync(script);
    });

    it('leaves no descriptor and no listener in the host', async () => {
      const cycle = async () => {
        const child = await world.start(`console.log('unread'); console.error('unread');`);
        await child.exited;
        child.dispose();
        await Promise.all(
          [child.stdout, child.stderr, child.wire].map(stream => stream.closed || once(stream, 'close')),
        );
      };
      await cycle();
      const earlier = readdirSync('/proc/self/fd').length;
      for (let round = 0; round < 5; round++) await cycle();
      await waitUntil(() => readdirSync('/proc/self/fd').length <= earlier);
    });
  });
}

describe('an unconfined process', { skip: !onLinux && 'its descendants are looked up in /proc' }, () => {
  let world: World;
  before(() => {
    world = makeWorld(createUnconfined(), identities[0] ?? 'user');
  });
  after(() => world.dispose());

  it('says what it is', async () => {
    assert.equal((await createSandbox({ confined: false })).level, 'unconfined');
  });

  it('has the environment of the policy alone, its folder, and the wire', async () => {
    const child = await world.start(`
      import net from 'node:net';
      const wire = new net.Socket({ fd: 3 });
      wire.end(JSON.stringify({ env: process.env, cwd: process.cwd() }));`);
    const [answer] = await once(child.wire, 'data');
    assert.deepEqual(JSON.parse(String(answer)), {
      env: { HOME: '/tmp', GREETING: 'hello' },
      cwd: world.pluginDir,
    });
    assert.deepEqual(await child.exited, { code: 0, signal: null });
    child.dispose();
  });

  it('is killed with its process group', async () => {
    const mark = `group-${process.pid}`;
    const child = await world.start(
      `import { spawn } from 'node:child_process';
       import net from 'node:net';
       spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', process.env.MARK], { stdio: 'ignore' });
       new net.Socket({ fd: 3 }).write('ready'); ${waitForEver}`,
      { env: { MARK: mark } },
    );
    await once(child.wire, 'data');
    await waitUntil(() => countMarked(mark) === 1);
    child.dispose();
    child.dispose();
    assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
    await waitUntil(() => countMarked(mark) === 0);
  });

  it('names a program that is not there', async () => {
    await assert.rejects(createUnconfined().launch(world.policy([join(world.root, 'nothing')])), {
      code: 'PW-SANDBOX-START',
    });
  });
});

/** Live processes that carry the mark in their command line. */
function countMarked(mark: string): number {
  return readdirSync('/proc').filter(pid => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  }).length;
}

/** Waits for something nothing announces; the test's own deadline ends it. */
async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

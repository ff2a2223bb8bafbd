import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { type RefusedCall, traceProcess } from '../../../src/sandbox/trace/index.ts';
import { identities, makeWorld, type World } from './world.ts';

const missing = spawnSync('strace', ['--version']).status !== 0;

for (const identity of identities) {
  describe(`tracing what the kernel refuses a process confined as ${identity}`, {
    skip: missing && 'there is no strace here',
  }, () => {
    let world: World;
    before(async () => {
      world = makeWorld(await createSandbox({ confined: true }), identity);
    });
    after(() => world.dispose());

    it('tells files and addresses, of the process and of what it starts', async () => {
      const child = await world.start(`
        import net from 'node:net';
        import { spawnSync } from 'node:child_process';
        const wire = new net.Socket({ fd: 3 });
        wire.write('ready');
        await new Promise(resolve => wire.once('data', resolve));
        attempt(() => fs.readFileSync('/etc/passwd'));
        attempt(() => fs.writeFileSync('/usr/planted', 'x'));
        await new Promise(resolve => net.connect(443, '192.0.2.1').on('error', resolve));
        spawnSync(process.execPath, ['-e', 'try { require("fs").readFileSync("/root/.profile") } catch {}'], { stdio: 'ignore' });
        process.exit(0);`);
      await once(child.wire, 'data');
      const seen: RefusedCall[] = [];
      const failures: string[] = [];
      const trace = await traceProcess(child.pid, {
        onRefused: call => seen.push(call),
        onFailure: reason => failures.push(reason),
      });
      child.wire.write('go');
      child.stdout.resume();
      child.stderr.resume();
      assert.deepEqual(await child.exited, { code: 0, signal: null });
      trace.dispose();
      child.dispose();
      assert.deepEqual(failures, []);
      for (const call of [
        { kind: 'read', resource: '/etc/passwd' },
        { kind: 'write', resource: '/usr/planted' },
        { kind: 'connect', resource: '192.0.2.1:443' },
        { kind: 'read', resource: '/root/.profile' },
      ]) {
        assert.ok(
          seen.some(one => one.kind === call.kind && one.resource === call.resource),
          `${JSON.stringify(call)} in ${JSON.stringify(seen)}`,
        );
      }
    });

    it('says why it can’t', async () => {
      const failures: string[] = [];
      const trace = await traceProcess(2 ** 22 + 1, {
        onRefused: () => assert.fail('there is no such process'),
        onFailure: reason => failures.push(reason),
      });
      trace.dispose();
      assert.equal(failures.length, 1);
    });
  });
}

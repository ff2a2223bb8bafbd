import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

const onLinux = process.platform === 'linux';

for (const identity of identities) {
  describe(`a plugin confined as ${identity}`, { skip: !onLinux && 'the sandbox needs Linux' }, () => {
    let sandbox: Sandbox;
    let world: World;
    before(async () => {
      sandbox = await createSandbox({ confined: true });
      world = makeWorld(sandbox, identity);
    });
    after(() => world.dispose());

    it('runs as an unprivileged user without a capability', async () => {
      const { found, stderr } = await world.run(`
        const status = fs.readFileSync('/proc/self/status', 'utf8');
        report({
          uid: process.getuid(), groups: process.getgroups(), pid: process.pid,
          capabilities: status.match(/CapEff:\\s*(\\w+)/)[1],
          filter: status.match(/Seccomp:\\s*(\\d)/)[1],
          locked: status.match(/NoNewPrivs:\\s*(\\d)/)[1],
        });`);
      assert.equal(stderr, '');
      assert.notEqual(found['uid'], 0);
      assert.equal(found['pid'], 1);
      assert.equal(Number.parseInt(String(found['capabilities']), 16), 0);
      assert.equal(found['filter'], '2');
      assert.equal(found['locked'], '1');
      if (identity !== 'user') assert.deepEqual(found['groups'], [65534]);
    });

    describe('files', () => {
      it('sees nothing of the host but what was bound', async () => {
        const { found } = await world.run(`
          const look = path => attempt(() => fs.statSync(path).mode);
          report({
            root: fs.readdirSync('/').sort(),
            passwd: look('/etc/passwd'), home: look('/home'), superuser: look('/root'),
            source: look(${JSON.stringify(import.meta.dirname)}),
            secret: look(${JSON.stringify(world.secret)}),
            given: fs.readFileSync(${JSON.stringify(join(world.readable, 'given.txt'))}, 'utf8'),
          });`);
        const { root, ...looks } = found;
        assert.deepEqual(looks, {
          passwd: 'ENOENT',
          home: 'ENOENT',
          superuser: 'ENOENT',
          source: 'ENOENT',
          secret: 'ENOENT',
          given: 'given',
        });
        assert.ok(!(root as string[]).includes('etc'));
      });

      it('can write in the writable folder and its own /tmp alone', async () => {
        const places = [
          world.pluginDir,
          world.readable,
          world.root,
          '/',
          '/dev',
          '/dev/shm',
          '/proc',
          '/lib64',
        ];
        const { found } = await world.run(`
          const write = folder => attempt(() => fs.writeFileSync(folder + '/planted', 'x'));
          report({ writable: write(${JSON.stringify(world.writable)}), tmp: write('/tmp') });
          report(Object.fromEntries(${JSON.stringify(places)}.map(place => [place, write(place)])));
          const given = ${JSON.stringify(join(world.readable, 'given.txt'))};
          report({
            truncate: attempt(() => fs.truncateSync(given)), unlink: attempt(() => fs.unlinkSync(given)),
            chmod: attempt(() => fs.chmodSync(given, 0o777)),
            link: attempt(() => fs.linkSync(given, ${JSON.stringify(join(world.writable, 'hard'))})),
            rename: attempt(() => fs.renameSync(given, ${JSON.stringify(join(world.writable, 'moved'))})),
          });`);
        assert.equal(found['writable'], 'done');
        assert.equal(found['tmp'], 'done');
        for (const place of places) assert.notEqual(found[place], 'done', place);
        for (const way of ['truncate', 'unlink', 'chmod', 'link', 'rename'])
          assert.notEqual(found[way], 'done', way);

        assert.equal(readFileSync(join(world.writable, 'planted'), 'utf8'), 'x');
        assert.equal(readFileSync(join(world.readable, 'given.txt'), 'utf8'), 'given');
        for (const place of [...places, '/tmp']) assert.ok(!existsSync(join(place, 'planted')), place);
        assert.deepEqual(readdirSync(world.writable), ['planted']);
        rmSync(join(world.writable, 'planted'));
      });

      it('gets no further through a symbolic link in a granted folder', async () => {
        const link = join(world.writable, 'way-out');
        symlinkSync(world.secret, link);
        const { found } = await world.run(`
          const link = ${JSON.stringify(link)};
          report({
            read: attempt(() => fs.readFileSync(link + '/secret.txt', 'utf8')),
            write: attempt(() => fs.writeFileSync(link + '/planted', 'x')),
            own: attempt(() => { fs.symlinkSync('/etc/passwd', link + '2'); return fs.readFileSync(link + '2', 'utf8'); }),
          });`);
        assert.deepEqual(found, { read: 'ENOENT', write: 'ENOENT', own: 'ENOENT' });
        assert.ok(!existsSync(join(world.secret, 'planted')));
        for (const name of readdirSync(world.writable)) rmSync(join(world.writable, name));
      });

      it('is not granted a folder that was swapped for a link', async () => {
        const swapped = join(world.root, 'swapped');
        symlinkSync(world.secret, swapped);
        await assert.rejects(world.run('', { readWrite: [swapped] }), { code: 'PW-SANDBOX-START' });
        rmSync(swapped);
      });

      it('keeps its own folder read-only inside a writable one', async () => {
        const { found } = await world.run(
          `report({ write: attempt(() => fs.writeFileSync(${JSON.stringify(join(world.pluginDir, 'planted'))}, 'x')) });`,
          { readWrite: [world.root] },
        );
        assert.equal(found['write'], 'EROFS');
        assert.ok(!existsSync(join(world.pluginDir, 'planted')));
      });

      it('has a /tmp of the size it was given, gone afterwards', async () => {
        const { found } = await world.run(
          `report({ fill: attempt(() => fs.writeFileSync('/tmp/big', Buffer.alloc(2 ** 21))), host: fs.readdirSync('/tmp') });`,
          { tmpBytes: 2 ** 20 },
        );
        assert.equal(found['fill'], 'ENOSPC');
        assert.ok(!existsSync('/tmp/big'));
      });
    });

    it('gets no more open files than its share, and no core dump', async () => {
      const { found } = await world.run(
        `const open = []; report({ more: attempt(() => { for (;;) open.push(fs.openSync('/dev/null')); }) });
         fs.closeSync(open.pop());
         report({ count: open.length, core: fs.readFileSync('/proc/self/limits', 'utf8').match(/core file size +(\\S+) +(\\S+)/).slice(1) });`,
        { fileHandles: 64 },
      );
      assert.equal(found['more'], 'EMFILE');
      assert.ok(Number(found['count']) < 64);
      assert.deepEqual(found['core'], ['0', '0']);
    });

    it('can use what Node offers: workers, child processes, compilers', async () => {
      const { found, stderr } = await world.run(`
        import { Worker } from 'node:worker_threads';
        import { spawnSync } from 'node:child_process';
        import crypto from 'node:crypto';
        const worker = new Worker('require("worker_threads").parentPort.postMessage(42)', { eval: true });
        const answer = await new Promise(resolve => worker.once('message', resolve));
        const child = spawnSync(process.execPath, ['-p', '6 * 7'], { encoding: 'utf8' });
        await fs.promises.writeFile('/tmp/file', 'x');
        report({ worker: answer, child: child.stdout.trim(), hash: crypto.scryptSync('a', 'b', 8).length });`);
      assert.equal(stderr, '');
      assert.deepEqual(found, { worker: 42, child: '42', hash: 8 });
    });

    it('leaves nothing behind in the folders of the host', () => {
      assert.deepEqual(readdirSync(world.root).sort(), [
        'plugin',
        'readable',
        'runtime',
        'secret',
        'writable',
      ]);
      assert.deepEqual(readdirSync(world.readable), ['given.txt']);
      assert.deepEqual(readdirSync(world.secret), ['secret.txt']);
      assert.deepEqual(readdirSync(world.writable), []);
    });
  });
}

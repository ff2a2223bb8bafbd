import assert from 'node:assert/strict';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { filterArchitecture } from '../../../src/sandbox/seccomp/index.ts';
import { foreignCallProgram, syscallAttempts } from './attempts.ts';
import { identities, makeWorld, perl, type World } from './world.ts';

const onLinux = process.platform === 'linux';
const noPerl = perl === undefined && 'there is no Perl to make system calls with';
const architecture = filterArchitecture(process.arch);

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

    describe('the kernel', () => {
      it('keeps its settings and switches', async () => {
        const settings = ['kernel/core_pattern', 'kernel/hostname', 'vm/overcommit_memory'];
        const read = () => settings.map(name => readFileSync(`/proc/sys/${name}`, 'utf8'));
        const earlier = read();
        const switches = [
          'sysrq-trigger',
          'kcore',
          'kmsg',
          'irq/default_smp_affinity',
          'mtrr',
          'bus/pci/00/00.0',
        ];
        const { found } = await world.run(`
          report(Object.fromEntries(${JSON.stringify(settings)}.map(name =>
            [name, attempt(() => fs.writeFileSync('/proc/sys/' + name, fs.readFileSync('/proc/sys/' + name)))])));
          report(Object.fromEntries(${JSON.stringify(switches)}.map(name =>
            [name, attempt(() => fs.closeSync(fs.openSync('/proc/' + name, 'r+')))])));
          report({ limit: attempt(() => fs.writeFileSync('/proc/1/oom_score_adj', '-1000')), sys: attempt(() => fs.readdirSync('/sys')) });`);
        for (const name of [...settings, ...switches]) assert.notEqual(found[name], 'done', name);
        assert.equal(found['sys'], 'ENOENT');
        assert.notEqual(found['limit'], 'done');
        assert.deepEqual(read(), earlier);
      });

      it('refuses every call of the list', { skip: noPerl }, async t => {
        if (architecture === undefined) return t.skip('there is no filter for this processor');
        const { found, stderr, exit } = await world.runPerl(syscallAttempts(architecture));
        assert.equal(stderr, '');
        assert.deepEqual(exit, { code: 0, signal: null });
        const { done, 'unknown call': unknown, ...refused } = found;
        assert.equal(done, '1');
        assert.equal(unknown, '38');
        assert.ok(Object.keys(refused).length > 50);
        for (const [name, errno] of Object.entries(refused)) assert.equal(errno, '1', name);
      });

      it('lets no datagram socket be had, but stream pairs', { skip: noPerl }, async () => {
        const { found } = await world.runPerl(`
          print "stream=", (socketpair(my $a, my $b, 1, 1, 0) ? 'done' : $!+0), "\\n";
          print "datagram=", (socketpair(my $c, my $d, 1, 2, 0) ? 'done' : $!+0), "\\n";`);
        assert.deepEqual(found, { stream: 'done', datagram: '1' });
      });

      for (const convention of ['i386', 'x32'] as const) {
        it(`ends a program that calls by the ${convention} convention`, async t => {
          if (process.arch !== 'x64') return t.skip('only x86-64 has it');
          const program = join(world.pluginDir, `foreign-${convention}`);
          writeFileSync(program, foreignCallProgram(convention, 7), { mode: 0o755 });
          const child = await sandbox.launch(world.policy([program], { runtimePaths: [] }));
          assert.deepEqual(await child.exited, { code: null, signal: 'SIGSYS' });
          child.dispose();
        });
      }
    });

    describe('other processes', () => {
      it('sees only its own', async () => {
        const { found } = await world.run(`
          report({
            seen: fs.readdirSync('/proc').filter(name => /^\\d+$/.test(name)),
            signal: attempt(() => process.kill(${process.pid}, 0)), parent: process.ppid,
          });`);
        assert.deepEqual(found, { seen: ['1'], signal: 'ESRCH', parent: 0 });
      });

      it('inherits descriptors 0 to 3 alone', { skip: noPerl }, async () => {
        const { found } = await world.runPerl(`
          for $fd (0..4095) { open($h, "<&=", $fd) or next; $l = readlink("/proc/self/fd/$fd"); push @keep, $h;
            print "$fd=", ($l =~ /^(\\w+)/ ? $1 : $l), "\\n" if defined $l; }`);
        // Perl holds its script open itself.
        const own = Object.fromEntries(
          Object.entries(found).filter(([, link]) => !String(link).endsWith('.pl')),
        );
        assert.deepEqual(own, { 0: '/dev/null', 1: 'socket', 2: 'socket', 3: 'socket' });
      });

      it('knows nothing of the host by its environment', async () => {
        const { found } = await world.run(`
          const names = fs.readFileSync('/proc/1/environ', 'latin1').split('\\0').map(entry => entry.split('=')[0]);
          report({ env: process.env, names: names.filter(Boolean).sort() });`);
        // PWD is bubblewrap's own addition.
        assert.deepEqual(found, {
          env: { HOME: '/tmp', GREETING: 'hello', PWD: world.pluginDir },
          names: ['GREETING', 'HOME', 'PWD'],
        });
      });

      it('does not show its environment to the users of the host', async () => {
        const child = await world.start('setInterval(() => {}, 1e6);', { env: { TOKEN: 'sesame-7319' } });
        const lines = readdirSync('/proc')
          .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
          .map(readCommandLine);
        assert.ok(lines.some(line => line.includes('main.mjs')));
        assert.ok(!lines.some(line => line.includes('sesame-7319')));
        child.kill();
        await child.exited;
        child.dispose();
      });

      it('can start no more processes than its share', async t => {
        if (identity === 'mapped root') return t.skip('the kernel exempts processes of root from the limit');
        if (perl === undefined) return t.skip('there is no Perl to fork with');
        const { found } = await world.runPerl(`
          $n = 0; for (1..2000) { $p = fork(); last unless defined $p; if ($p == 0) { sleep 60; exit } $n++ }
          print "errno=", $!+0, "\\nstarted=$n\\n";`);
        assert.equal(found['errno'], '11');
        assert.ok(Number(found['started']) < 256 && Number(found['started']) > 100, String(found['started']));
      });
    });

    describe('the network', () => {
      const connections: string[] = [];
      const listen = (where: object, name: string) =>
        new Promise<Server>(resolve => {
          const server = createServer(socket => {
            connections.push(name);
            socket.destroy();
          });
          server.listen(where, () => resolve(server));
        });

      it('is out of reach, and so are sockets of the host', async () => {
        const pathname = join(world.writable, 'host.sock');
        const abstract = `\0sandbox-test-${process.pid}`;
        const tcp = await listen({ port: 0, host: '127.0.0.1' }, 'tcp');
        const servers = [
          tcp,
          await listen({ path: pathname }, 'path'),
          await listen({ path: abstract }, 'abstract'),
        ];
        const address = tcp.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        try {
          const { found } = await world.run(`
            import net from 'node:net';
            const connect = where => new Promise(resolve => {
              try {
                const socket = net.connect(where, () => resolve('connected'));
                socket.on('error', error => resolve(error.code));
              } catch (error) { resolve(error.code); }
            });
            report({ tcp: await connect({ host: '127.0.0.1', port: ${port} }) });
            report({ far: await connect({ host: '192.0.2.1', port: 80 }) });
            report({ path: await connect({ path: ${JSON.stringify(pathname)} }) });
            report({ abstract: await connect({ path: ${JSON.stringify(abstract)} }) });
            process.exit();`);
          assert.equal(found['tcp'], 'ECONNREFUSED');
          assert.equal(found['far'], 'ENETUNREACH');
          assert.notEqual(found['path'], 'connected');
          assert.notEqual(found['abstract'], 'connected');
          assert.deepEqual(connections, []);
        } finally {
          for (const server of servers) server.close();
        }
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

function readCommandLine(pid: string): string {
  try {
    return `${readFileSync(`/proc/${pid}/cmdline`, 'latin1')} ${readlinkSync(`/proc/${pid}/exe`)}`;
  } catch {
    return '';
  }
}

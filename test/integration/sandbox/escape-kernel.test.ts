import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
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
  describe(`the world outside a plugin confined as ${identity}`, {
    skip: !onLinux && 'the sandbox needs Linux',
  }, () => {
    let sandbox: Sandbox;
    let world: World;
    before(async () => {
      sandbox = await createSandbox({ confined: true });
      world = makeWorld(sandbox, identity);
    });
    after(() => world.dispose());

    describe('the kernel', () => {
      it('keeps its settings and switches', async () => {
        const settings = ['kernel/core_pattern', 'kernel/hostname', 'vm/overcommit_memory'];
        const read = () => settings.map(name => readFileSync(`/proc/sys/${name}`, 'utf8'));
        const earlier = read();
        // Only root may read these, and a plugin may be root's as far as the host knows.
        const secrets = ['timer_list', 'slabinfo', 'vmallocinfo', 'pagetypeinfo', 'kpagecount'];
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
          report(Object.fromEntries(${JSON.stringify(secrets)}.map(name =>
            [name, attempt(() => fs.closeSync(fs.openSync('/proc/' + name, 'r')))])));
          report({ limit: attempt(() => fs.writeFileSync('/proc/1/oom_score_adj', '-1000')), sys: attempt(() => fs.readdirSync('/sys')) });`);
        for (const name of [...settings, ...switches, ...secrets]) assert.notEqual(found[name], 'done', name);
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
  });
}

function readCommandLine(pid: string): string {
  try {
    return `${readFileSync(`/proc/${pid}/cmdline`, 'latin1')} ${readlinkSync(`/proc/${pid}/exe`)}`;
  } catch {
    return '';
  }
}

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  createSharedMemory,
  type ProcessMemory,
  type SharedMemory,
} from '../../../src/host/services/memory/index.ts';
import { createSandbox, type Sandbox, type SandboxedProcess } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, perl, type World } from '../sandbox/world.ts';

/**
 * What holds without anybody's good will: programs in the real sandbox try to get more out of shared memory than they
 * were given. Nothing of the SDK takes part.
 */

const SIZE = 8192;
const base = '/dev/shm';

/** Numbers of the system calls that Perl makes for us: arm64 has others than x86-64. */
const calls = process.arch === 'arm64' ? { mmap: 222, mprotect: 226 } : { mmap: 9, mprotect: 10 };

const sandbox: Sandbox = await createSandbox({ confined: true });

for (const identity of identities) {
  describe(`shared memory of a process that is confined as ${identity}`, () => {
    let world: World;
    let shared: SharedMemory;
    const others: World[] = [];

    before(() => {
      world = makeWorld(sandbox, identity);
      shared = createSharedMemory();
    });
    after(async () => {
      await shared.end();
      for (const made of [world, ...others]) made.dispose();
    });

    const attach = (pluginId: string, told: string[] = []): Promise<ProcessMemory> =>
      shared.attach(pluginId, {
        mounted: true,
        may: () => true,
        formats: () => undefined,
        notify: method => told.push(method),
        onMisuse: ({ message, fatal }) => told.push(fatal ? `ended: ${message}` : message),
      });
    const policyOf = ({ folders }: ProcessMemory) => ({ mounts: folders });

    /** Where the host has the file a process sees. */
    function onHost({ folders }: ProcessMemory, path: string): string {
      const folder = folders.find(({ to }) => path.startsWith(to));
      return path.replace(folder?.to ?? '', folder?.from ?? '');
    }

    test('a segment that is shared shows up in a sandbox that runs already', async () => {
      const [owner, reader] = [await attach('owner'), await attach('reader')];
      const child = await world.start(
        `
        while (true) {
          const [name] = fs.readdirSync('/shared/ro');
          if (name) { report({ text: fs.readFileSync('/shared/ro/' + name, 'latin1').slice(0, 5) }); break; }
          await new Promise(resolve => setTimeout(resolve, 10));
        }`,
        policyOf(reader),
      );
      const { id, path } = await owner.allocate(SIZE, null);
      writeFileSync(onHost(owner, path), 'hello', { flag: 'r+' });
      await owner.share(id, new Map([['reader', 'read']]));
      assert.equal(await firstLine(child), '{"text":"hello"}');
      await child.exited;
      await owner.release(id);
      await reader.end();
    });

    test('a reader can’t write, whatever it tries, and finds nothing but what is its own', async () => {
      const [owner, reader, stranger] = [
        await attach('owner'),
        await attach('reader'),
        await attach('stranger'),
      ];
      const { id } = await owner.allocate(SIZE, null);
      const secret = await stranger.allocate(SIZE, 'secret');
      writeFileSync(onHost(stranger, secret.path), 'SECRET', { flag: 'r+' });
      await owner.share(id, new Map([['reader', 'read']]));
      const { path } = reader.open(id);
      const before = readFileSync(onHost(reader, path));
      const { found } = await world.run(
        `
        const path = ${JSON.stringify(path)};
        const fd = fs.openSync(path, 'r');
        const { O_RDWR, O_WRONLY, O_TRUNC } = fs.constants;
        const look = folder => attempt(() => fs.readdirSync(folder).join());
        report({
          read: attempt(() => fs.readFileSync(path).length),
          openWrite: attempt(() => fs.openSync(path, O_RDWR)),
          openTruncate: attempt(() => fs.openSync(path, O_WRONLY | O_TRUNC)),
          writeFd: attempt(() => fs.writeSync(fd, 'x')),
          truncateFd: attempt(() => fs.ftruncateSync(fd, 0)),
          truncate: attempt(() => fs.truncateSync(path, 0)),
          reopen: attempt(() => fs.openSync('/proc/self/fd/' + fd, O_RDWR)),
          chmod: attempt(() => fs.chmodSync(path, 0o777)),
          fchmod: attempt(() => fs.fchmodSync(fd, 0o777)),
          chown: attempt(() => fs.chownSync(path, 0, 0)),
          utimes: attempt(() => fs.utimesSync(path, 1, 1)),
          unlink: attempt(() => fs.unlinkSync(path)),
          rename: attempt(() => fs.renameSync(path, path + '.x')),
          linkOut: attempt(() => fs.linkSync(path, '/shared/rw/x')),
          linkFd: attempt(() => fs.linkSync('/proc/self/fd/' + fd, '/shared/rw/x')),
          renameOut: attempt(() => fs.renameSync(path, '/shared/rw/x')),
          create: attempt(() => fs.writeFileSync('/shared/ro/x', 'x')),
          folderMode: attempt(() => fs.chmodSync('/shared/ro', 0o777)),
          ro: look('/shared/ro'), rw: look('/shared/rw'), shared: look('/shared'),
          devShm: look('/dev/shm'),
          up: attempt(() => fs.readdirSync('/shared/ro/../..').includes('store')),
          through: attempt(() => fs.readdirSync('/proc/self/root/dev/shm').join()),
          cwd: attempt(() => fs.readdirSync('/proc/1/cwd/../../../../dev/shm').join()),
        });`,
        policyOf(reader),
      );
      const name = path.slice('/shared/ro/'.length);
      for (const attempted of [
        ...[
          'openWrite',
          'openTruncate',
          'writeFd',
          'truncateFd',
          'truncate',
          'reopen',
          'chmod',
          'fchmod',
          'chown',
        ],
        ...['utimes', 'unlink', 'rename', 'linkOut', 'linkFd', 'renameOut', 'create', 'folderMode'],
      ]) {
        assert.match(`${found[attempted]}`, /^E[A-Z]+$/, attempted);
      }
      assert.deepEqual(
        { read: found['read'], ro: found['ro'], rw: found['rw'], shared: found['shared'], up: found['up'] },
        { read: SIZE, ro: name, rw: '', shared: 'ro,rw', up: false },
      );
      for (const place of ['devShm', 'through', 'cwd']) {
        assert.doesNotMatch(`${found[place]}`, /plugin-workbench/, place);
      }
      assert.deepEqual(readFileSync(onHost(reader, path)), before);
      assert.equal(statSync(onHost(reader, path)).size, SIZE);
      for (const memory of [owner, reader, stranger]) await memory.end();
      await shared.forget('owner');
      await shared.forget('stranger');
    });

    test('a mapping of a read-only segment can’t be made writable', async t => {
      if (perl === undefined) return t.skip('there is no Perl');
      const [owner, reader] = [await attach('owner'), await attach('reader')];
      const { id } = await owner.allocate(SIZE, null);
      await owner.share(id, new Map([['reader', 'read']]));
      const { path } = reader.open(id);
      const other = perlWorld(others, identity, policyOf(reader));
      const { found } = await other.runPerl(`
        open(my $file, '<', '${path}') or print "open=$!\\n";
        my $code = sub { $_[0] == -1 ? $! + 0 : 'done' };
        print 'write=', $code->(syscall(${calls.mmap}, 0, 4096, 1 | 2, 1, fileno($file), 0)), "\\n";
        my $read = syscall(${calls.mmap}, 0, 4096, 1, 1, fileno($file), 0);
        print 'read=', $code->($read), "\\n";
        print 'protect=', $code->(syscall(${calls.mprotect}, $read, 4096, 1 | 2)), "\\n";
      `);
      // EACCES.
      assert.deepEqual(found, { write: '13', read: 'done', protect: '13' });
      await reader.end();
      await owner.end();
      await shared.forget('owner');
    });

    test('what is revoked or frozen is out of reach of a descriptor kept open', async () => {
      const [owner, writer] = [await attach('owner'), await attach('writer')];
      const revoked = await owner.allocate(SIZE, null);
      const frozen = await owner.allocate(SIZE, null);
      for (const { id } of [revoked, frozen]) await owner.share(id, new Map([['writer', 'write']]));
      const paths = [revoked, frozen].map(({ id }) => writer.open(id).path);
      const child = await world.start(
        `
        const files = ${JSON.stringify(paths)}.map(path => fs.openSync(path, 'r+'));
        for (const fd of files) fs.writeSync(fd, 'before', 0);
        report('open');
        while (fs.readdirSync('/shared/rw').length > 0) await new Promise(resolve => setTimeout(resolve, 10));
        report(files.map(fd => attempt(() => (fs.writeSync(fd, 'behind', 0), fs.ftruncateSync(fd, 1)))));`,
        policyOf(writer),
      );
      const lines = linesOf(child);
      assert.equal(await lines.next(), '"open"');
      await owner.share(revoked.id, new Map());
      await owner.freeze(frozen.id);
      await lines.next();
      await child.exited;
      for (const { id } of [revoked, frozen]) {
        const bytes = readFileSync(onHost(owner, owner.open(id).path));
        assert.equal(bytes.length, SIZE);
        assert.equal(bytes.toString('latin1', 0, 6), 'before');
      }
      await writer.end();
      await owner.end();
      await shared.forget('owner');
    });

    test('a writer that cuts a segment off or plants things hurts neither the host nor what it owns', async () => {
      const told: string[] = [];
      const [owner, writer] = [await attach('owner'), await attach('writer', told)];
      const { id } = await owner.allocate(SIZE, null);
      await owner.share(id, new Map([['writer', 'write']]));
      const { path } = writer.open(id);
      const child = await world.start(
        `
        fs.truncateSync(${JSON.stringify(path)}, 100);
        report({
          plant: attempt(() => fs.symlinkSync(${JSON.stringify(world.secret)}, '/shared/rw/link')),
          file: attempt(() => fs.writeFileSync('/shared/rw/file', 'x')),
        });
        await new Promise(() => setInterval(() => {}, 1000));`,
        policyOf(writer),
      );
      const found = JSON.parse((await linesOf(child).next()) ?? '') as Record<string, string>;
      const rw = onHost(writer, '/shared/rw');
      // Nobody may plant anything where the folder is root’s; elsewhere it does not last.
      if (identity === 'nobody') assert.deepEqual(found, { plant: 'EACCES', file: 'EACCES' });
      await until(
        () =>
          told.length > 0 && readdirSync(rw).length === 1 && statSync(join(rw, path.slice(11))).size === SIZE,
      );
      assert.equal(existsSync(join(world.secret, 'secret.txt')), true);
      child.kill();
      await child.exited;
      await writer.end();
      await owner.end();
      await shared.forget('owner');
    });

    test('SIGBUS of a mapper stays with the mapper', async t => {
      if (perl === undefined) return t.skip('there is no Perl');
      const [owner, reader] = [await attach('owner'), await attach('reader')];
      const { id, path } = await owner.allocate(SIZE, null);
      await owner.share(id, new Map([['reader', 'read']]));
      const other = perlWorld(others, identity, policyOf(reader));
      const running = other.runPerl(`
        open(my $file, '<', '${reader.open(id).path}') or print "open=$!\\n";
        my $mapped = syscall(${calls.mmap}, 0, ${SIZE}, 1, 1, fileno($file), 0);
        # Unlike the kernel on its behalf, the process itself touches what is not there.
        while (1) {
          my $byte = unpack('P1', pack('J', $mapped + 4096));
          select(undef, undef, undef, 0.01);
        }
      `);
      const cut = setInterval(() => writeFileSync(onHost(owner, path), ''), 5);
      const { exit, found } = await running;
      clearInterval(cut);
      assert.deepEqual([exit.signal ?? exit.code, found], ['SIGBUS', {}]);
      assert.equal((await owner.resize(id, 2 * SIZE)).size, 2 * SIZE);
      await reader.end();
      await owner.end();
      await shared.forget('owner');
    });

    test('a plugin without a manifest’s word sees no shared memory at all', async () => {
      const { found } = await world.run(`report({ shared: attempt(() => fs.readdirSync('/shared')) });`);
      assert.deepEqual(found, { shared: 'ENOENT' });
    });
  });
}

test('when the host has ended nothing is left in memory', () => {
  const own = readdirSync(base).filter(
    name => name.startsWith('plugin-workbench-') && name.includes(`-${process.pid}-`),
  );
  assert.deepEqual(own, []);
});

function perlWorld(made: World[], identity: (typeof identities)[number], more: object): World {
  const confined: Sandbox = {
    ...sandbox,
    launch: (policy, signal) => sandbox.launch({ ...policy, ...more }, signal),
  };
  const world = makeWorld(confined, identity);
  made.push(world);
  return world;
}

/** Lines of standard output as they come. */
function linesOf(child: SandboxedProcess): { next(): Promise<string | undefined> } {
  child.wire.resume();
  child.stderr.resume();
  const chunks = child.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  let rest = '';
  return {
    next: async () => {
      while (!rest.includes('\n')) {
        const { value, done } = (await chunks.next()) as { value: string; done?: boolean };
        if (done) return undefined;
        rest += value;
      }
      const end = rest.indexOf('\n');
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      return line;
    },
  };
}

async function firstLine(child: SandboxedProcess): Promise<string | undefined> {
  return linesOf(child).next();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 20));
}

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createContainers } from '../../../src/sandbox/container/index.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { syscallAttempts } from './attempts.ts';
import { makeImage, type TestImage } from './image.ts';
import { makeWorld, perl, type World } from './world.ts';

const made = await makeImage();
const held = typeof made === 'string' ? undefined : (await made.containers.sandbox(made.name)).holds;
const mebibyte = 2 ** 20;
const waitForEver = 'setInterval(() => {}, 1e6);';
const quote = (path: string): string => JSON.stringify(path);

describe('a plugin in a container', { skip: typeof made === 'string' && made }, () => {
  const image = made as TestImage;
  let sandbox: Sandbox;
  let world: World;
  before(async () => {
    sandbox = await image.containers.sandbox(image.name);
    world = makeWorld(sandbox, 'nobody');
  });
  after(() => {
    world.dispose();
    image.dispose();
  });

  it('says what it is', () => {
    assert.equal(sandbox.level, 'container');
    assert.equal(sandbox.mounts, true);
    assert.match(sandbox.description, /podman \d+\.\d+.* with \w+/);
  });

  it('runs as nobody, process 1, without a capability, with the filter and the given environment', async () => {
    const { found, stderr, exit } = await world.run(`
      const status = fs.readFileSync('/proc/self/status', 'utf8');
      report({
        uid: process.getuid(), pid: process.pid, cwd: process.cwd(), greeting: process.env.GREETING, home: process.env.HOME,
        path: process.env.PATH,
        capabilities: status.match(/CapEff:\\s*(\\w+)/)[1],
        filter: status.match(/Seccomp:\\s*(\\d)/)[1],
        locked: status.match(/NoNewPrivs:\\s*(\\d)/)[1],
      });`);
    assert.equal(stderr, '');
    assert.deepEqual(exit, { code: 0, signal: null });
    assert.notEqual(found['uid'], 0);
    assert.equal(found['pid'], 1);
    assert.equal(found['cwd'], world.pluginDir);
    assert.equal(found['greeting'], 'hello');
    assert.equal(found['home'], '/tmp');
    assert.equal(found['path'], undefined);
    assert.equal(Number.parseInt(String(found['capabilities']), 16), 0);
    assert.equal(found['filter'], '2');
    assert.equal(found['locked'], '1');
  });

  it('sees the image, its folder and what was granted, and nothing else of the host', async () => {
    const { found } = await world.run(`
      const look = path => attempt(() => fs.statSync(path).mode);
      report({
        passwd: look('/etc/passwd'), home: look('/home'), superuser: look('/root'),
        source: look(${quote(import.meta.dirname)}), secret: look(${quote(world.secret)}),
        given: fs.readFileSync(${quote(join(world.readable, 'given.txt'))}, 'utf8'),
        processes: fs.readdirSync('/proc').filter(name => /^\\d+$/.test(name)),
      });`);
    assert.deepEqual(found, {
      passwd: 'ENOENT',
      home: 'ENOENT',
      superuser: 'ENOENT',
      source: 'ENOENT',
      secret: 'ENOENT',
      given: 'given',
      processes: ['1'],
    });
  });

  it('can write where that was granted and in its own /tmp alone', async () => {
    const places = [
      world.pluginDir,
      world.readable,
      '/',
      '/etc',
      '/dev',
      '/run',
      '/proc',
      '/proc/sys/kernel',
      '/sys',
    ];
    const { found } = await world.run(
      `const write = folder => attempt(() => fs.writeFileSync(folder + '/planted', 'x'));
       report({ writable: write(${quote(world.writable)}), tmp: write('/tmp') });
       report(Object.fromEntries(${JSON.stringify(places)}.map(place => [place, write(place)])));
       report({ fill: attempt(() => fs.writeFileSync('/tmp/big', Buffer.alloc(2 ** 21))) });
       report({ core: attempt(() => fs.writeFileSync('/proc/sys/kernel/core_pattern', 'x')) });`,
      { tmpBytes: mebibyte },
    );
    assert.equal(found['writable'], 'done');
    assert.equal(found['tmp'], 'done');
    assert.equal(found['fill'], 'ENOSPC');
    assert.notEqual(found['core'], 'done');
    for (const place of places) assert.notEqual(found[place], 'done', place);
    assert.equal(readFileSync(join(world.writable, 'planted'), 'utf8'), 'x');
    for (const place of [world.pluginDir, world.readable, '/tmp'])
      assert.ok(!existsSync(join(place, 'planted')));
    rmSync(join(world.writable, 'planted'));
  });

  it('gets no further through links, planted ones or granted ones', async () => {
    const link = join(world.writable, 'way-out');
    symlinkSync(world.secret, link);
    const { found } = await world.run(
      `report({ read: attempt(() => fs.readFileSync(${quote(join(link, 'secret.txt'))}, 'utf8')) });`,
    );
    assert.deepEqual(found, { read: 'ENOENT' });
    await assert.rejects(world.run('', { readWrite: [link] }), { code: 'PW-SANDBOX-START' });
    rmSync(link);
  });

  it('shows files at other paths, those of odd names too', async () => {
    const odd = join(world.root, 'comma, "quote": colon');
    writeFileSync(odd, 'odd');
    const { found } = await world.run(
      `report({ there: fs.readFileSync('/workbench/there', 'utf8'), odd: fs.readFileSync(${quote(odd)}, 'utf8') });`,
      {
        mounts: [{ from: join(world.secret, 'secret.txt'), to: '/workbench/there' }],
        runtimePaths: [...world.policy([]).runtimePaths, odd],
      },
    );
    assert.deepEqual(found, { there: 'secret', odd: 'odd' });
    rmSync(odd);
  });

  it('has no network', async () => {
    const { found } = await world.run(`
      import net from 'node:net';
      const connect = options => new Promise(resolve => net.connect(options)
        .once('error', error => resolve(error.code)).once('connect', () => resolve('connected')));
      report({
        others: fs.readFileSync('/proc/net/dev', 'utf8').split('\\n').slice(2).map(line => line.trim()).filter(line => line && !line.startsWith('lo:')),
        outside: await connect({ host: '1.1.1.1', port: 443 }),
        socket: await connect({ path: '/tmp/some.sock' }),
      });`);
    assert.deepEqual(found['others'], []);
    assert.match(String(found['outside']), /ENETUNREACH|EHOSTUNREACH/);
    assert.match(String(found['socket']), /EPERM|EACCES/);
  });

  it('is refused every call of the filter', { skip: perl === undefined && 'there is no Perl' }, async () => {
    const { found } = await world.runPerl(syscallAttempts(process.arch === 'arm64' ? 'arm64' : 'x64'));
    const { done, ...attempts } = found;
    assert.equal(done, '1');
    assert.ok(Object.keys(attempts).length > 50);
    for (const [name, errno] of Object.entries(attempts)) assert.notEqual(errno, '0', name);
  });

  it('is refused the calls its own profile names', {
    skip: perl === undefined && 'there is no Perl',
  }, async () => {
    const { found } = await world.runPerl(
      `$r = mkdir('/tmp/made'); print "mkdir=", ($r ? 0 : $!+0), "\\n";`,
      { refusedCalls: ['mkdir', 'mkdirat', 'no_such_call'] },
    );
    assert.equal(found['mkdir'], '1');
  });

  it('speaks over descriptor 3, and tells how it ended', async () => {
    const child = await world.start(`
      import net from 'node:net';
      const wire = new net.Socket({ fd: 3 });
      wire.on('data', data => { wire.write('echo ' + data, () => process.exit(3)); });`);
    child.wire.write('hello');
    const [answer] = await once(child.wire, 'data');
    assert.equal(String(answer), 'echo hello');
    assert.deepEqual(await child.exited, { code: 3, signal: null });
    child.dispose();
  });

  it('is ended by a kill with all it started, and leaves no container', async () => {
    const child = await world.start(`
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', ${quote(waitForEver)}], { detached: true, stdio: 'ignore' }).once('spawn', () => report({}));
      ${waitForEver}`);
    await once(child.stdout, 'data');
    assert.match(readFileSync(`/proc/${child.pid}/cmdline`, 'latin1'), /main\.mjs/);
    assert.equal(image.list().length, 1);
    child.kill();
    assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' });
    assert.ok(!existsSync(`/proc/${child.pid}`));
    assert.deepEqual(image.list(), []);
    child.dispose();
  });

  it('is held to its memory', { skip: !held?.memory && 'no memory controller' }, async () => {
    const { exit, found } = await world.run(
      `report({ began: true });
       const held = [];
       for (;;) held.push(Buffer.alloc(8 * 2 ** 20, 1));`,
      { ceilings: { memoryBytes: 96 * mebibyte, cpuPercent: 400 } },
    );
    assert.equal(found['began'], true);
    assert.deepEqual(exit, { code: null, signal: 'SIGKILL', outOfMemory: true });
  });

  it('is held to its processes', { skip: !held?.processes && 'no process controller' }, async () => {
    const { found } = await world.run(
      `import { spawn } from 'node:child_process';
       const errors = new Set();
       let started = 0;
       for (let n = 0; n < 40; n++) {
         const child = spawn(process.execPath, ['-e', ${quote(waitForEver)}], { stdio: 'ignore' });
         child.on('error', error => errors.add(error.code));
         if (child.pid !== undefined) started++;
       }
       await new Promise(resolve => setTimeout(resolve, 200));
       report({ started, errors: [...errors] });
       process.exit(0);`,
      { processes: 30 },
    );
    assert.ok(Number(found['started']) < 30, `${found['started']} started`);
    assert.deepEqual(found['errors'], ['EAGAIN']);
  });

  it('can be aborted while it starts', async () => {
    const controller = new AbortController();
    const launching = world.run(waitForEver, {}).catch(() => {});
    const node = world.policy([]).runtimePaths[0] ?? '';
    const aborted = sandbox.launch(world.policy([node, '-e', waitForEver]), controller.signal);
    await delay(20);
    controller.abort(new Error('changed my mind'));
    await assert.rejects(aborted, /changed my mind/);
    await assert.rejects(
      sandbox.launch(world.policy([node]), AbortSignal.abort(new Error('not wanted'))),
      /not wanted/,
    );
    for (const name of image.list()) image.podman('kill', name);
    await launching;
    assert.deepEqual(image.list(), []);
  });

  it('names what was missing when the program can not start', async () => {
    const node = world.policy([]).runtimePaths[0] ?? '';
    await assert.rejects(sandbox.launch(world.policy([node], { runtimePaths: [node] })), {
      code: 'PW-SANDBOX-START',
      message: /no such file or directory/i,
    });
    await assert.rejects(sandbox.launch(world.policy([node], { pluginDir: join(world.root, 'gone') })), {
      code: 'PW-SANDBOX-START',
    });
    assert.deepEqual(image.list(), []);
  });

  it('takes no image that is not here, and no name that is none', async () => {
    await assert.rejects(image.containers.sandbox('localhost/not/here:1'), {
      code: 'PW-CONTAINER-IMAGE',
      nextStep: 'podman pull localhost/not/here:1',
    });
    await assert.rejects(image.containers.sandbox('--privileged'), { code: 'PW-CONTAINER-IMAGE' });
  });

  it('is cleared away when the workbench is killed', async () => {
    const node = world.policy([]).runtimePaths[0] ?? '';
    const policy = world.policy([node, '-e', waitForEver]);
    const script = `
      import { createContainers } from ${quote(join(import.meta.dirname, '../../../src/sandbox/container/index.ts'))};
      const sandbox = await (await createContainers(process.env)).sandbox(${quote(image.name)});
      const child = await sandbox.launch(${JSON.stringify(policy)});
      console.log(child.pid);
      setInterval(() => {}, 1e6);`;
    const host = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(host.stdout, 'data');
    const program = Number(String(pid));
    assert.ok(existsSync(`/proc/${program}`));
    host.kill('SIGKILL');
    await waitUntil(() => !existsSync(`/proc/${program}`));
    const left = (): boolean =>
      image.podman('ps', '--all', '--format', '{{.Names}}').includes(`plugin-workbench-${host.pid}-`);
    await waitUntil(() => !left());
  });

  it('removes containers of workbenches that are gone', async () => {
    image.podman(
      'create',
      '--name',
      `left-${process.pid}`,
      '--label',
      'dev.plugin-workbench.owner=1-1',
      '--network',
      'none',
      image.name,
      '/nothing',
    );
    const own = await world.start(waitForEver);
    await createContainers(process.env);
    assert.ok(!image.podman('ps', '--all', '--format', '{{.Names}}').includes(`left-${process.pid}`));
    assert.equal(image.list().length, 1, 'that of a living one stays');
    own.dispose();
    await own.exited;
  });

  it('leaves nothing in the folders of the host', () => {
    assert.deepEqual(readdirSync(world.readable), ['given.txt']);
    assert.deepEqual(readdirSync(world.writable), []);
    assert.deepEqual(readdirSync(world.secret), ['secret.txt']);
  });
});

async function waitUntil(holdsNow: () => boolean): Promise<void> {
  for (let tries = 0; !holdsNow(); tries++) {
    assert.ok(tries < 1200, 'it never came about');
    await delay(50);
  }
}

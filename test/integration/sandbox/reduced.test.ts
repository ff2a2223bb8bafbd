import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createReducedSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { syscallAttempts } from './attempts.ts';
import { makeWorld, perl, type World } from './world.ts';

const sandbox = await createReducedSandbox();

describe('the reduced sandbox, without namespaces', {
  skip: sandbox === undefined && 'there is no Landlock or no Perl here',
}, () => {
  let world: World;
  const text = (path: string): string => JSON.stringify(path);
  before(() => {
    world = makeWorld(sandbox as Sandbox, 'nobody');
  });
  after(() => world.dispose());

  it('says that it is reduced', () => {
    assert.equal(sandbox?.level, 'reduced');
    assert.match(sandbox?.description ?? '', /^REDUCED/);
  });

  it('opens what was granted, and no more of it than was', async () => {
    const { found, stderr } = await world.run(`
      report({
        read: fs.readFileSync(${text(join(world.readable, 'given.txt'))}, 'utf8'),
        own: fs.readdirSync('.').includes('main.mjs'),
        write: attempt(() => fs.writeFileSync(${text(join(world.writable, 'made'))}, 'by the plugin')),
        overRead: attempt(() => fs.writeFileSync(${text(join(world.readable, 'given.txt'))}, 'changed')),
        truncate: attempt(() => fs.truncateSync(${text(join(world.readable, 'given.txt'))})),
        ownCode: attempt(() => fs.writeFileSync('main.mjs', 'changed')),
        home: attempt(() => fs.writeFileSync(process.env.HOME + '/note', 'x')),
      });`);
    assert.deepEqual(
      found,
      {
        read: 'given',
        own: true,
        write: 'done',
        overRead: 'EACCES',
        truncate: 'EACCES',
        ownCode: 'EACCES',
        home: 'done',
      },
      stderr,
    );
    assert.equal(readFileSync(join(world.writable, 'made'), 'utf8'), 'by the plugin');
    assert.equal(readFileSync(join(world.readable, 'given.txt'), 'utf8'), 'given');
  });

  it('leaves nothing else readable or writable', async () => {
    const secret = join(world.secret, 'secret.txt');
    const planted = join(world.secret, 'planted');
    const { found } = await world.run(`
      fs.symlinkSync(${text(secret)}, ${text(join(world.writable, 'link'))});
      report({
        secret: attempt(() => fs.readFileSync(${text(secret)}, 'utf8')),
        throughLink: attempt(() => fs.readFileSync(${text(join(world.writable, 'link'))}, 'utf8')),
        hardLink: attempt(() => fs.linkSync(${text(secret)}, ${text(join(world.writable, 'hard'))})),
        rename: attempt(() => fs.renameSync(${text(secret)}, ${text(join(world.writable, 'taken'))})),
        dots: attempt(() => fs.readFileSync('../secret/secret.txt', 'utf8')),
        list: attempt(() => fs.readdirSync(${text(world.secret)})),
        plant: attempt(() => fs.writeFileSync(${text(planted)}, 'x')),
        passwd: attempt(() => fs.readFileSync('/etc/passwd')),
        tmp: attempt(() => fs.writeFileSync('/tmp/planted-by-a-plugin', 'x')),
        host: attempt(() => fs.readFileSync('/proc/${process.pid}/environ')),
        hostFiles: attempt(() => fs.readdirSync('/proc/${process.pid}/fd')),
      });`);
    const refused = ['EACCES', 'EPERM', 'EXDEV'];
    for (const [name, outcome] of Object.entries(found)) {
      assert.ok(refused.includes(String(outcome)), `${name}: ${outcome}`);
    }
    assert.equal(existsSync(planted), false);
    assert.equal(existsSync('/tmp/planted-by-a-plugin'), false);
    assert.equal(readFileSync(secret, 'utf8'), 'secret');
  });

  it('has no network, not even loopback', async () => {
    const server = createServer(socket => socket.end()).listen(0, '127.0.0.1');
    let connections = 0;
    server.on('connection', () => connections++);
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { found } = await world.run(`
      import net from 'node:net';
      import dgram from 'node:dgram';
      const outcome = emitter => new Promise(resolve => {
        emitter.once('error', error => resolve(error.code ?? error.errno));
        emitter.once('connect', () => resolve('connected'));
        emitter.once('listening', () => resolve('listening'));
      });
      report({
        tcp: await outcome(net.connect(${port}, '127.0.0.1')),
        unix: await outcome(net.connect('/run/dbus/system_bus_socket')),
        listen: await outcome(net.createServer().listen(0, '127.0.0.1')),
        udp: await outcome(dgram.createSocket('udp4').bind(0)),
      });
      process.exit(0);`);
    server.close();
    for (const [name, outcome] of Object.entries(found)) {
      assert.ok(!['connected', 'listening'].includes(String(outcome)), `${name}: ${outcome}`);
    }
    assert.equal(connections, 0);
  });

  it('can signal nobody outside', {
    skip: process.getuid?.() !== 0 && 'needs a neighbour of the same user',
  }, async () => {
    const neighbour = spawn('sleep', ['600'], { uid: 65534, gid: 65534 });
    const { found } = await world.run(
      `report({ kill: attempt(() => process.kill(${neighbour.pid}, 'SIGKILL')) });`,
    );
    assert.equal(found['kill'], 'EPERM');
    await delay(50);
    assert.equal(neighbour.exitCode ?? neighbour.signalCode, null);
    neighbour.kill('SIGKILL');
  });

  it('refuses the calls that the full sandbox refuses, and sockets of every kind', {
    skip: perl === undefined && 'there is no Perl here',
  }, async () => {
    const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
    const { found } = await world.runPerl(syscallAttempts(architecture));
    assert.equal(found['done'], '1');
    const { done: _, ...attempts } = found;
    assert.ok(Object.keys(attempts).length > 60);
    for (const [name, errno] of Object.entries(attempts)) assert.match(String(errno), /^(1|38)$/, name);
  });

  it('ends with all that it started, and leaves no folder', async () => {
    const before = scratchFolders();
    const child = await world.start(`
      import { spawn } from 'node:child_process';
      const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
      const fled = attempt(() => { const p = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore', detached: true }); p.on('error', () => {}); return p.pid; });
      report({ left: left.pid, fled });
      setInterval(() => {}, 1e6);`);
    const [line] = await once(child.stdout, 'data');
    const { left } = JSON.parse(String(line)) as { left: number };
    child.kill();
    assert.equal((await child.exited).signal, 'SIGKILL');
    while (isRunning(left)) await delay(10);
    child.dispose();
    assert.deepEqual(scratchFolders(), before);
  });

  it('tells what kept it from starting', async () => {
    writeFileSync(join(world.pluginDir, 'not-a-program'), 'x');
    const policy = world.policy([join(world.pluginDir, 'not-a-program')]);
    await assert.rejects((sandbox as Sandbox).launch(policy), {
      code: 'PW-SANDBOX-START',
      message: /not-a-program/,
    });
  });
});

function scratchFolders(): string[] {
  return readdirSync(tmpdir()).filter(name => /^plugin-workbench-\w{6}$/.test(name));
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** What a plugin can lay hands on with nothing but Node.js: one command for each way. `test/security` says to which end. */
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import net from 'node:net';

let held = [];
let sleepy = false;

/** What the system or the host refuses is an answer; any other failure is one of this plugin, and thrown. */
async function tried(work) {
  try {
    return { done: (await work()) ?? null };
  } catch (error) {
    const code = error.code ?? error.cause?.code;
    if (typeof code !== 'string' && typeof code !== 'number' && error.name !== 'PermissionDeniedError')
      throw error;
    if (String(code).startsWith('ERR_INVALID_ARG_TYPE')) throw error;
    return { refused: String(code ?? error.name), message: error.message };
  }
}

export function activate(context) {
  const hand = (id, work) => context.commands.register(id, args => tried(() => work(args ?? {})));

  hand('read', ({ path }) => fs.readFileSync(path, 'latin1').slice(0, 100_000));
  hand('write', ({ path, text }) => fs.writeFileSync(path, text));
  hand('list', ({ path }) => fs.readdirSync(path));
  hand('symlink', ({ target, path }) => fs.symlinkSync(target, path));
  hand('link', ({ from, path }) => fs.linkSync(from, path));
  hand('rename', ({ from, path }) => fs.renameSync(from, path));
  hand('chmod', ({ path, mode }) => fs.chmodSync(path, mode));
  hand('unlink', ({ path }) => fs.unlinkSync(path));
  hand('truncate', ({ path }) => fs.truncateSync(path, 0));
  hand('environment', () => process.env);
  hand('descriptors', descriptors);
  hand('kill', ({ pid, signal }) => process.kill(pid, signal));
  hand('connect', connect);
  hand('udp', ({ host, port, text }) => sendDatagram(host, port, text));
  hand('resolve', async ({ name }) => (await dns.lookup(name, { all: true })).map(({ address }) => address));
  hand('run', ({ program, args }) => runProgram(program, args));
  hand('raw', ({ bytes, times = 1 }) => {
    const frame = Buffer.from(bytes, 'hex');
    for (let n = 0; n < times; n++) writeAll(3, frame);
  });

  hand('storage-get', ({ key }) => context.storage.get(key));
  hand('storage-set', ({ key, value }) => context.storage.set(key, value));
  hand('files-read', ({ path }) => context.files.readText(path));
  hand('files-write', ({ path, text }) => context.files.write(path, text));
  hand('files-remove', ({ path }) => context.files.remove(path));
  hand('fetch', async ({ url }) => {
    const request = URL.canParse(url) && new URL(url).username === '' ? url : refuse('ERR_INVALID_URL');
    return (await context.net.fetch(request)).text();
  });
  hand('call', ({ plugin, method, args }) => context.plugins.call(plugin, method, args));
  hand('execute', ({ id, args }) => context.commands.execute(id, args));
  hand('process-run', ({ command, args }) => context.process.run(command, args));
  hand('memory-open', async ({ id }) => (await context.memory.open(id)).path);
  hand('clipboard', () => context.clipboard.readText());

  hand('eat-memory', () => {
    for (;;) held.push(Buffer.alloc(4 << 20, 1));
  });
  hand('fork-bomb', () => {
    const bomb = `const { spawn } = require('node:child_process'); process.on('uncaughtException', () => {});
      setInterval(() => { spawn(process.execPath, process.execArgv.concat('-e', process.env.BOMB), { stdio: 'ignore' }).on('error', () => {}); }, 20);`;
    const env = { ...process.env, BOMB: bomb };
    for (let n = 0; n < 20; n++)
      spawn(process.execPath, ['-e', bomb], { stdio: 'ignore', env }).on('error', () => {});
  });
  hand('spin', () => {
    for (;;);
  });
  hand('leak-descriptors', () => {
    for (;;) held.push(fs.openSync('/dev/null'));
  });
  hand('let-go', () => {
    for (const fd of held) fs.closeSync(fd);
    held = [];
  });
  hand('fill', ({ path, size }) => {
    const fd = fs.openSync(path, 'w');
    try {
      const piece = Buffer.alloc(1 << 20, 1);
      for (let written = 0; written < size; written += piece.length) fs.writeSync(fd, piece);
    } finally {
      fs.closeSync(fd);
    }
  });
  hand('flood-log', ({ lines }) => {
    const line = Buffer.from(`${'flood '.repeat(20)}\n`);
    for (let n = 0; n < lines; n++) writeAll(1, line);
  });
  hand('stay', () => {
    sleepy = true;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => {});
  });
  hand('leave-orphans', ({ count }) => {
    for (let n = 0; n < count; n++) {
      const options = { detached: true, stdio: 'ignore' };
      spawn(
        process.execPath,
        ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6);'],
        options,
      ).unref();
    }
  });
}

export function deactivate() {
  if (sleepy) for (;;);
}

/** What Node.js itself refuses with no more than a sentence. */
function refuse(code) {
  throw Object.assign(new Error(code), { code });
}

function writeAll(fd, bytes) {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(fd, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** What every descriptor is, and the beginning of those that are files. */
function descriptors() {
  return fs.readdirSync('/proc/self/fd').map(fd => {
    let what = '';
    try {
      what = fs.readlinkSync(`/proc/self/fd/${fd}`);
      if (Number(fd) > 2 && what.startsWith('/') && !what.startsWith('/dev')) {
        const bytes = Buffer.alloc(4096);
        what += ` ${bytes.toString('latin1', 0, fs.readSync(Number(fd), bytes, 0, 4096, 0))}`;
      }
    } catch (error) {
      what += ` ${error.code}`;
    }
    return `${fd} ${what}`;
  });
}

/** Sends text and gives back what comes, until the other side closes or `wait` ms are over. */
function connect({ host, port, path, proxy, send = '', wait = 4000 }) {
  const via = proxy ? new URL(process.env.HTTP_PROXY ?? process.env.http_proxy) : undefined;
  const where = via ? { host: via.hostname, port: Number(via.port) } : path ? { path } : { host, port };
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(where, () => socket.write(Buffer.from(send, 'hex')));
    socket.on('data', data => {
      text += data.toString('latin1');
    });
    socket.on('close', () => resolve(text));
    socket.on('error', error => (text ? resolve(text) : reject(error)));
    setTimeout(() => socket.destroy(), wait).unref();
  });
}

function sendDatagram(host, port, text) {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.on('error', error => {
      socket.close();
      reject(error);
    });
    socket.send(text, port, host, error => {
      if (error) return reject(error);
      socket.close();
      resolve();
    });
  });
}

function runProgram(program, args = []) {
  return new Promise((resolve, reject) => {
    let text = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.on('error', reject);
    child.stdout.on('data', data => {
      text += data;
    });
    child.on('close', () => resolve(text));
  });
}

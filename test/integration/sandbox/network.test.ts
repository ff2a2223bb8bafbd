import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { listenInside } from '../../../src/sandbox/network/index.ts';
import { filterArchitecture } from '../../../src/sandbox/seccomp/index.ts';
import { syscallAttempts } from './attempts.ts';
import { identities, makeWorld, perl, type World } from './world.ts';

const onLinux = process.platform === 'linux';
const noPerl = perl === undefined && 'there is no Perl to make system calls with';
const architecture = filterArchitecture(process.arch);
const signal = new AbortController().signal;

/** Connects until somebody listens, says `hello` and reports what comes back. */
const sayHello = `
  import net from 'node:net';
  const connect = () => {
    const socket = net.connect(3128, '127.0.0.1', () => socket.write('hello'));
    socket.on('data', data => { report({ answer: data.toString() }); process.exit(0); });
    socket.on('error', () => setTimeout(connect, 5));
  };
  connect();
`;

for (const identity of identities) {
  describe(`the network of a plugin confined as ${identity} that the host may enter`, {
    skip: !onLinux && 'the sandbox needs Linux',
  }, () => {
    let sandbox: Sandbox;
    let world: World;
    let outside: Server;
    let visitors = 0;
    before(async () => {
      sandbox = await createSandbox({ confined: true });
      world = makeWorld(sandbox, identity);
      outside = createServer(() => visitors++).listen(0, '127.0.0.1');
      await once(outside, 'listening');
    });
    after(() => {
      world.dispose();
      outside.close();
    });

    it('has a listener of the host, and nothing stays in there', async () => {
      const child = await world.start(sayHello, { network: 'entered' });
      child.wire.resume();
      const server = await listenInside(child.pid, 3128, signal);
      const answered = once(child.stdout, 'data');
      server.on('connection', (socket: Socket) => {
        socket.on('error', () => {});
        socket.on('data', data => socket.write(`${data}, too`));
      });
      assert.equal(String(await answered), '{"answer":"hello, too"}\n');
      assert.deepEqual(await child.exited, { code: 0, signal: null });
      server.close();
    });

    it('reaches nothing else', async () => {
      const { port } = outside.address() as AddressInfo;
      const { found } = await world.run(
        `
          import net from 'node:net';
          const reach = (host, port) => new Promise(resolve => net.connect(port, host, () => resolve('reached')).on('error', error => resolve(error.code)));
          report({
            own: await reach('127.0.0.1', ${port}),
            far: await reach('1.1.1.1', 443),
            meta: await reach('169.254.169.254', 80),
            interfaces: fs.readFileSync('/proc/net/dev', 'utf8').split('\\n').slice(2).map(line => line.split(':')[0].trim()).filter(Boolean),
            devices: fs.readdirSync('/dev').sort(),
            made: attempt(() => fs.writeFileSync('/dev/made', 'x')),
            shm: attempt(() => fs.writeFileSync('/dev/shm/made', 'x')),
          });
        `,
        { network: 'entered' },
      );
      assert.deepEqual(found['interfaces'], ['lo']);
      assert.equal(found['own'], 'ECONNREFUSED');
      assert.equal(found['far'], 'ENETUNREACH');
      assert.equal(found['meta'], 'ENETUNREACH');
      assert.equal(visitors, 0);
      const devices = ['fd', 'full', 'null', 'random', 'shm', 'stderr', 'stdin', 'stdout', 'urandom', 'zero'];
      assert.deepEqual(found['devices'], devices);
      assert.equal(found['made'], 'EROFS');
      assert.equal(found['shm'], 'EROFS');
    });

    it('lets the plugin make no namespaces of its own', { skip: noPerl }, async t => {
      if (architecture === undefined) return t.skip('there is no filter for this processor');
      const { found, exit } = await world.runPerl(syscallAttempts(architecture), { network: 'entered' });
      assert.deepEqual(exit, { code: 0, signal: null });
      const { done, 'unknown call': unknown, ...refused } = found;
      assert.deepEqual([done, unknown], ['1', '38']);
      assert.ok(Object.keys(refused).length > 50);
      for (const [name, errno] of Object.entries(refused)) assert.equal(errno, '1', name);
    });

    it('can’t be entered once the plugin is gone', async () => {
      const child = await world.start('process.exit(0)', { network: 'entered' });
      child.wire.resume();
      await child.exited;
      await assert.rejects(listenInside(child.pid, 3128, signal), { code: 'PW-SANDBOX-NETWORK' });
    });
  });
}

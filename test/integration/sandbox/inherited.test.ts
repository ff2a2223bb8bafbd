import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

/** A number beyond a gap: Node marks what it inherits to be closed only up to the first numbers that are free. */
const leaked = 40;

describe('a descriptor the host itself inherited', {
  skip: process.platform !== 'linux' && 'the sandbox needs Linux',
}, () => {
  let world: World;
  before(async () => {
    world = makeWorld(await createSandbox({ confined: true }), identities[0] ?? 'user');
  });
  after(() => world.dispose());

  it('reaches what a host spawns plainly, but not a plugin', async () => {
    const list = `import fs from 'node:fs';
      const links = fs.readdirSync('/proc/self/fd').map(fd => {
        try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; }
      });
      fs.writeSync(1, JSON.stringify(links) + '\\n');`;
    const script = join(world.pluginDir, 'list.mjs');
    writeFileSync(script, list);
    const [node = ''] = world.policy([]).runtimePaths;
    const host = `
      import { spawnSync } from 'node:child_process';
      import { text } from 'node:stream/consumers';
      import { createSandbox } from ${JSON.stringify(join(import.meta.dirname, '../../../src/sandbox/index.ts'))};
      process.stdout.write(spawnSync(process.execPath, [${JSON.stringify(script)}], { encoding: 'utf8' }).stdout);
      const sandbox = await createSandbox({ confined: true });
      const child = await sandbox.launch(${JSON.stringify(world.policy([node, script]))});
      process.stdout.write(await text(child.stdout));
      process.stderr.write(await text(child.stderr));
      await child.exited;
      child.dispose();`;
    const file = join(world.root, 'host.mjs');
    writeFileSync(file, host);
    const secret = join(world.secret, 'secret.txt');
    const fd = openSync(secret, 'r');
    const stdio: ('ignore' | 'pipe' | 'inherit' | number)[] = ['ignore', 'pipe', 'inherit'];
    while (stdio.length < leaked) stdio.push('ignore');
    stdio[leaked] = fd;
    const child = spawn(process.execPath, [file], { stdio });
    closeSync(fd);
    const [plain, confined] = (await text(child.stdout as NonNullable<typeof child.stdout>))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as string[]);
    assert.ok(plain?.includes(secret), 'the host does not leak, so this proves nothing');
    assert.ok((confined?.length ?? 0) >= 4);
    assert.ok(!confined?.includes(secret));
    const foreign = confined?.filter(
      link => !/^(socket:|anon_inode:|pipe:|$)/.test(link) && link !== '/dev/null',
    );
    assert.deepEqual(foreign, []);
  });
});

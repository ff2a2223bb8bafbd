import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { identities, makeWorld, type World } from './world.ts';

for (const identity of identities) {
  describe(`a plugin’s own system call profile, confined as ${identity}`, {
    skip: process.platform !== 'linux' && 'the sandbox needs Linux',
  }, () => {
    let world: World;
    before(async () => {
      world = makeWorld(await createSandbox({ confined: true }), identity);
    });
    after(() => world.dispose());
    const script = (file: string): string =>
      `fs.writeFileSync(${JSON.stringify(file)}, 'x', { mode: 0o600 });
       report({ chmod: attempt(() => fs.chmodSync(${JSON.stringify(file)}, 0o777)) });`;

    it('refuses what the profile refuses', async () => {
      const file = join(world.writable, 'kept');
      const { found } = await world.run(script(file), {
        refusedCalls: ['chmod', 'fchmod', 'fchmodat', 'fchmodat2', 'no_such_call'],
      });
      assert.equal(found['chmod'], 'EPERM');
      assert.equal(statSync(file).mode & 0o777, 0o600);
    });

    it('without one the call is allowed', async () => {
      const file = join(world.writable, 'changed');
      assert.equal((await world.run(script(file))).found['chmod'], 'done');
      assert.equal(statSync(file).mode & 0o777, 0o777);
    });

    it('that refuses too much keeps the plugin from starting, and is no way around the filter', async () => {
      const outcome = await world.run(`report({ began: true });`, { refusedCalls: ['execve', 'mmap'] }).then(
        ({ found }) => found['began'],
        () => undefined,
      );
      assert.equal(outcome, undefined);
    });
  });
}

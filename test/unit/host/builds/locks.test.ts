import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLocks } from '../../../../src/host/builds/locks.ts';

const never = new AbortController().signal;

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { opened, open };
}

describe('createLocks', () => {
  it('lets one in at a time, in order, and other keys at once', async () => {
    const locks = createLocks();
    const seen: string[] = [];
    const first = gate();
    const a = locks.run(
      'x',
      async () => {
        seen.push('a');
        await first.opened;
        seen.push('a ends');
      },
      never,
    );
    const b = locks.run('x', async () => void seen.push('b'), never);
    await locks.run('y', async () => void seen.push('other'), never);
    assert.deepEqual(seen, ['a', 'other']);
    first.open();
    await Promise.all([a, b]);
    assert.deepEqual(seen, ['a', 'other', 'a ends', 'b']);
  });

  it('goes on after a task that failed', async () => {
    const locks = createLocks();
    await assert.rejects(
      locks.run('x', async () => Promise.reject(new Error('no')), never),
      /no/,
    );
    assert.equal(await locks.run('x', async () => 'yes', never), 'yes');
  });

  it('lets nobody past the one at work when another gives up waiting', async () => {
    const locks = createLocks();
    const first = gate();
    const abort = new AbortController();
    const seen: string[] = [];
    const a = locks.run(
      'x',
      async () => {
        await first.opened;
        seen.push('a');
      },
      never,
    );
    const b = locks.run('x', async () => void seen.push('b'), abort.signal);
    const c = locks.run('x', async () => void seen.push('c'), never);
    abort.abort(new Error('left'));
    await assert.rejects(b, /left/);
    assert.deepEqual(seen, []);
    first.open();
    await Promise.all([a, c]);
    assert.deepEqual(seen, ['a', 'c']);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

const repository = join(import.meta.dirname, '../../..');
const nobody = 65534;

/**
 * When root runs the tests, tries shared memory once more as a user who is not root, and whose plugins are this user,
 * too. That user may be able to read neither the checkout nor this Node, so both are copied to where everyone can.
 */
test('shared memory of an unprivileged user holds just as well', async t => {
  if (process.getuid?.() !== 0) return t.skip('these tests run as an unprivileged user anyway');
  const place = mkdtempSync('/var/tmp/memory-unprivileged-');
  try {
    const own = ['src/base', 'src/host', 'src/protocol', 'src/sandbox', 'test/integration'];
    for (const folder of [...own, 'node_modules/valibot']) {
      cpSync(join(repository, folder), join(place, folder), { recursive: true, dereference: true });
    }
    cpSync(join(repository, 'test/unit/host/memory'), join(place, 'test/unit/host/memory'), {
      recursive: true,
    });
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    copyFileSync(process.execPath, join(place, 'node'));
    letEveryoneRead(place);
    const files = [
      ...['test/integration/host/memory-kernel.test.ts', 'test/unit/host/memory/bounds.test.ts'],
      'test/unit/host/memory/sharing.test.ts',
    ];
    const child = spawn(join(place, 'node'), ['--test', '--test-reporter=tap', ...files], {
      cwd: place,
      // Without the variable by which node knows that it runs inside another test.
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'inherit'],
      uid: nobody,
      gid: nobody,
    });
    const output = await text(child.stdout);
    const count = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1]);
    assert.equal(count('fail'), 0, output);
    assert.equal(count('cancelled'), 0, output);
    assert.ok(count('pass') >= 30, output);
    for (const [line] of output.matchAll(/^.*# SKIP.*$/gm)) t.diagnostic(line.trim());
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

function letEveryoneRead(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder || path.endsWith('/node') ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) letEveryoneRead(join(path, name));
}

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
import { describe, it } from 'node:test';

const repository = join(import.meta.dirname, '../../..');
const nobody = 65534;
const suites = [
  'escape.test.ts',
  'escape-kernel.test.ts',
  'lifecycle.test.ts',
  'monitor.test.ts',
  'network.test.ts',
];

/**
 * When root runs the tests, runs them once more as a user who is not root. That user may be able to read neither the
 * checkout nor this Node, so both are copied to where everyone can.
 */
describe('the sandbox of an unprivileged user', () => {
  it('holds just as well', async t => {
    if (process.getuid?.() !== 0) return t.skip('these tests run as an unprivileged user anyway');
    const place = mkdtempSync('/var/tmp/sandbox-unprivileged-');
    try {
      const own = ['src/base', 'src/sandbox', 'test/integration/sandbox'];
      for (const folder of [...own, 'node_modules/valibot']) {
        cpSync(join(repository, folder), join(place, folder), { recursive: true, dereference: true });
      }
      writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
      copyFileSync(process.execPath, join(place, 'node'));
      letEveryoneRead(place);
      const files = suites.map(name => join(place, 'test/integration/sandbox', name));
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
});

function letEveryoneRead(path: string): void {
  const isFolder = statSync(path).isDirectory();
  chmodSync(path, isFolder || path.endsWith('/node') ? 0o755 : 0o644);
  if (isFolder) for (const name of readdirSync(path)) letEveryoneRead(join(path, name));
}

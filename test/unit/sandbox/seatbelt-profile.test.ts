import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { SandboxPolicy } from '../../../src/sandbox/port.ts';
import { seatbeltProfile } from '../../../src/sandbox/seatbelt/profile.ts';

const scratch = '/private/var/folders/xy/plugin-workbench-abc';
const bare: SandboxPolicy = {
  name: 'hello',
  command: ['/opt/homebrew/bin/node', '/plugins/hello/main.js'],
  pluginDir: '/plugins/hello',
  runtimePaths: ['/opt/homebrew/bin/node'],
  mounts: [],
  readOnly: [],
  readWrite: [],
  env: {},
  tmpBytes: 1,
  fileHandles: 1,
};
const granted: SandboxPolicy = {
  ...bare,
  runtimePaths: ['/opt/homebrew/bin/node', '/opt/homebrew/lib'],
  readOnly: ['/Users/ann/Pictures'],
  readWrite: ['/plugins/hello/data', '/Users/ann/Out "quoted" \\ folder'],
};

const golden = (name: string): string =>
  readFileSync(new URL(`./seatbelt/${name}.sb`, import.meta.url), 'utf8');

test('a plugin that is granted nothing gets its own folder to read, and nothing to write', () => {
  assert.equal(seatbeltProfile(bare, scratch), golden('bare'));
});

test('granted folders are opened, also within the plugin’s own, and quotes in their names stay names', () => {
  assert.equal(seatbeltProfile(granted, scratch), golden('granted'));
});

test('everything is denied that no line allows', () => {
  const lines = seatbeltProfile(granted, scratch).split('\n');
  assert.equal(lines[1], '(deny default)');
  assert.ok(lines.includes('(deny network*)'));
  assert.equal(
    lines.some(line => /allow (network|mach-register|iokit)/.test(line)),
    false,
  );
  const deniesWriting = lines.findIndex(line =>
    line.startsWith('(deny file-write* (subpath "/plugins/hello")'),
  );
  const opensData = lines.indexOf('(allow file-write* (subpath "/plugins/hello/data"))');
  assert.ok(deniesWriting > 0 && opensData > deniesWriting, 'the last rule that fits wins');
});

test('a path that would be read as something else is refused', () => {
  for (const path of ['/a\n(allow default)', 'relative', '/nul\0']) {
    assert.throws(() => seatbeltProfile({ ...bare, readOnly: [path] }, scratch), /Not a path/);
  }
});

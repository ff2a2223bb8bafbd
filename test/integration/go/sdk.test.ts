import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { goIsMissing } from './toolchain.ts';

const sdk = path.resolve(import.meta.dirname, '../../../src/sdk/go');

describe('the SDK for Go', { skip: goIsMissing }, () => {
  const output = mkdtempSync(path.join(tmpdir(), 'go-sdk-'));
  after(() => rmSync(output, { recursive: true }));

  function run(command: string, ...args: string[]): { code: number | null; text: string } {
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', GOPROXY: 'off' };
    const done = spawnSync(command, args, { cwd: sdk, env, encoding: 'utf8' });
    return { code: done.status, text: `${done.stdout}${done.stderr}` };
  }

  it('passes its own tests', () => {
    const { code, text } = run('go', 'test', '-count=1', './...');
    assert.equal(code, 0, text);
    assert.match(text, /^ok\s+plugin-workbench\.dev\/sdk/m);
  });

  it('is free of what go vet finds', () => {
    assert.deepEqual(run('go', 'vet', './...'), { code: 0, text: '' });
  });

  it('is formatted as Go is', () => {
    const { code, text } = run('gofmt', '-l', '.');
    assert.deepEqual([code, text], [0, '']);
  });

  it('needs nothing but the standard library', () => {
    const { text } = run('go', 'list', '-deps', '-f', '{{if not .Standard}}{{.ImportPath}}{{end}}', '.');
    assert.deepEqual(text.trim().split('\n').sort(), [
      'plugin-workbench.dev/sdk',
      'plugin-workbench.dev/sdk/codec',
    ]);
  });
});

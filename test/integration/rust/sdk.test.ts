import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { rustIsMissing } from './toolchain.ts';

const source = path.resolve(import.meta.dirname, '../../../src/sdk/rust');

describe('the SDK for Rust', { skip: rustIsMissing }, () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'rust-sdk-'));
    // Cargo writes its lock beside the manifest.
    cpSync(source, path.join(dir, 'sdk'), { recursive: true });
  });
  after(() => rmSync(dir, { recursive: true }));

  function cargo(...args: string[]): { code: number | null; text: string } {
    const env = { ...process.env, CARGO_TARGET_DIR: path.join(dir, 'target'), CARGO_NET_OFFLINE: 'true' };
    const done = spawnSync('cargo', args, { cwd: path.join(dir, 'sdk'), env, encoding: 'utf8' });
    return { code: done.status, text: `${done.stdout}${done.stderr}` };
  }

  /** The parts of a toolchain that can be left out when it is installed. */
  const lacks = (part: string): string | false =>
    spawnSync('cargo', [part, '--version'], { stdio: 'ignore' }).status === 0 ? false : `no cargo ${part}`;

  it('passes its own tests, those in its documentation included', () => {
    const { code, text } = cargo('test', '--quiet');
    assert.equal(code, 0, text);
    const passed = [...text.matchAll(/test result: ok\. (\d+) passed/g)].map(([, count]) => Number(count));
    assert.ok(passed.length >= 3 && passed.every(count => count > 0), text);
  });

  it('is free of what clippy finds', { skip: rustIsMissing || lacks('clippy') }, () => {
    const { code, text } = cargo('clippy', '--quiet', '--all-targets', '--', '-D', 'warnings');
    assert.deepEqual([code, text], [0, '']);
  });

  it('is formatted', { skip: rustIsMissing || lacks('fmt') }, () => {
    const { code, text } = cargo('fmt', '--check');
    assert.deepEqual([code, text], [0, '']);
  });

  it('needs nothing but the standard library', () => {
    const { text } = cargo('tree', '--edges', 'all', '--prefix', 'none');
    assert.match(text.trim(), /^plugin-workbench v[\d.]+ \(.*\)$/);
  });
});

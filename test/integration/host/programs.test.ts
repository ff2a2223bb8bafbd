import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createOutside, type Outside } from '../../../src/host/plugin/outside.ts';
import type { PluginSource } from '../../../src/host/plugin/plugin-source.ts';
import { effectiveLimits } from '../../../src/host/process/limits.ts';
import type { Capability, PluginManifest } from '../../../src/manifest/index.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';
import { createSandbox, createUnconfined, type Sandbox } from '../../../src/sandbox/index.ts';

let root: string;
let pluginDir: string;
let sandbox: Sandbox;
let outside: Outside;

const manifest: PluginManifest = {
  profile: 'logomesh',
  id: 'programs',
  name: 'programs',
  version: '1.0.0',
  description: undefined,
  runtime: 'node',
  entry: 'index.mjs',
  hostRange: '*',
  capabilities: [],
  limits: {},
  dependencies: { plugins: [], runtimes: {}, system: [] },
  contributions: { methods: [], openMethods: true, events: undefined },
  origins: {},
};
const capability = (scope: Capability['scope'], action: string, resource: string): Capability => ({
  scope,
  action,
  resource,
  restrictions: {},
  at: [],
});
const capabilities = [
  capability('filesystem', 'write', './out/**'),
  capability('environment', 'read', 'GIVEN_*'),
  capability('environment', 'read', 'EXACT'),
  capability('environment', 'read', 'PATH'),
];

function make(sandboxed: Sandbox): Outside {
  return createOutside({
    source: { dir: pluginDir, manifest } as PluginSource,
    sandbox: sandboxed,
    limits: effectiveLimits(manifest),
    env: { PATH: '/usr/bin:/bin', GIVEN_ONE: '1', GIVEN_TWO: '2', EXACT: 'e', EXACTLY: 'no', SECRET: 's' },
    capabilities: () => capabilities,
    audit: () => {},
    askFrontEnd: undefined,
    onWrite: () => {},
  });
}

before(async () => {
  root = mkdtempSync(path.join(realpathSync('/var/tmp'), 'programs-test-'));
  chmodSync(root, 0o755);
  pluginDir = path.join(root, 'plugin');
  for (const folder of ['plugin', 'plugin/out', 'plugin/inner', 'secret']) mkdirSync(path.join(root, folder));
  chmodSync(path.join(pluginDir, 'out'), 0o777);
  writeFileSync(path.join(root, 'secret/file'), 'secret');
  writeFileSync(path.join(pluginDir, 'evil'), '#!/bin/sh\necho evil', { mode: 0o755 });
  sandbox = await createSandbox({ confined: true });
  outside = make(sandbox);
});

after(() => {
  outside.dispose();
  rmSync(root, { recursive: true, force: true });
});

const run = (command: string, args: string[] = [], more = {}, signal = new AbortController().signal) =>
  outside.ports.programs.run({ command, args, ...more }, signal);
const sh = (script: string, more = {}) => run('sh', ['-c', script], more);
const fails = (work: Promise<unknown>, code: number) =>
  assert.rejects(work, (error: unknown) => error instanceof WireError && error.code === code);

describe('a program', () => {
  it('gets its arguments and input as they are, and tells how it ended', async () => {
    const args = ['a b', '$(touch out/x)', '; exit 9', '-n', ''];
    const found = await run('sh', ['-c', 'printf "<%s>" "$@"; cat; echo oops >&2; exit 7', 'sh', ...args], {
      input: 'in\nput',
    });
    assert.deepEqual(found, {
      code: 7,
      signal: null,
      stdout: `${args.map(arg => `<${arg}>`).join('')}in\nput`,
      stderr: 'oops\n',
    });
  });

  it('sees the plugin’s files, and nothing else', async () => {
    const { stdout } = await sh(
      `echo made > out/made; echo x 2>/dev/null > inner/no || echo read-only; cat ${root}/secret/file 2>/dev/null || echo hidden; pwd`,
    );
    assert.equal(stdout, `read-only\nhidden\n${pluginDir}\n`);
    assert.equal(readFileSync(path.join(pluginDir, 'out/made'), 'utf8'), 'made\n');
    assert.equal((await sh('pwd', { cwd: 'inner' })).stdout, `${pluginDir}/inner\n`);
    assert.equal((await sh('pwd', { cwd: `${root}/secret` })).code, 126);
  });

  it('has neither the network nor the environment of the host', async () => {
    const { stdout } = await sh('env; cat /proc/net/dev');
    assert.doesNotMatch(stdout, /SECRET|GIVEN|HTTP_PROXY|eth\d|ens\d/);
  });

  it('is none of the plugin’s own, nor one that is not there', async () => {
    await fails(run('no-such-program-anywhere'), ErrorCode.NotFound);
    await fails(run('./evil'), ErrorCode.NotFound);
    await assert.rejects(run(path.join(pluginDir, 'evil')));
  });

  it('is ended when it is too slow, too loud, or no longer wanted', async () => {
    await fails(sh('sleep 600', { timeout: 300 }), ErrorCode.DeadlineExceeded);
    await fails(sh('exec yes'), ErrorCode.LimitExceeded);
    const abort = new AbortController();
    const running = run('sh', ['-c', 'sleep 600'], {}, abort.signal);
    abort.abort();
    await fails(running, ErrorCode.Cancelled);
  });

  it('is one of a few at the same time, and ends with the plugin', async () => {
    const other = make(sandbox);
    const start = () =>
      other.ports.programs.run({ command: 'sleep', args: ['600'] }, new AbortController().signal);
    const running = [start(), start(), start(), start()].map(one => fails(one, ErrorCode.Cancelled));
    await fails(start(), ErrorCode.LimitExceeded);
    other.dispose();
    await Promise.all(running);
  });

  it('is not run without a sandbox', async () => {
    const other = make(createUnconfined());
    const signal = new AbortController().signal;
    await fails(other.ports.programs.run({ command: 'true' }, signal), ErrorCode.Unavailable);
    other.dispose();
  });
});

describe('the environment', () => {
  it('is what the manifest names, and what the workbench sets stays', () => {
    const policy = outside.adapt({
      name: 'x',
      command: ['/bin/true'],
      pluginDir,
      runtimePaths: [],
      mounts: [],
      readOnly: [],
      readWrite: [],
      env: { PATH: '/own' },
      tmpBytes: 0,
      fileHandles: 32,
    });
    assert.deepEqual(policy.env, { GIVEN_ONE: '1', GIVEN_TWO: '2', EXACT: 'e', PATH: '/own' });
    assert.equal(policy.network, undefined);
  });
});

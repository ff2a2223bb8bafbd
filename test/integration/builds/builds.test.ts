import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WorkbenchError } from '../../../src/base/index.ts';
import {
  type BuildFolders,
  type BuildStep,
  type Builds,
  createBuilds,
} from '../../../src/host/builds/index.ts';

/** A Node script stands for a tool: it runs code a plugin wrote, as a build script does. */
const prelude = `
const fs = require('node:fs'); const path = require('node:path');
const attempt = action => { try { return action() ?? 'done'; } catch (error) { return error.code ?? String(error); } };
const report = found => console.log(JSON.stringify(found));
`;

describe('builds', { skip: process.platform !== 'linux' && 'The sandbox is for Linux.' }, () => {
  let root: string;
  let pluginDir: string;
  let builds: Builds;
  let folders: BuildFolders;
  let server: Server;
  let port: number;
  let hits = 0;
  const never = new AbortController().signal;

  before(async () => {
    root = mkdtempSync(join(realpathSync('/var/tmp'), 'builds-test-'));
    pluginDir = join(root, 'plugin');
    mkdirSync(pluginDir);
    writeFileSync(join(root, 'secret.txt'), 'secret');
    builds = createBuilds({
      root: join(root, 'cache'),
      env: { MY_TOKEN: 'secret', GOPROXY: 'https://go.example' },
    });
    folders = await builds.foldersFor('go', pluginDir);
    server = createServer((_, response) => {
      hits += 1;
      response.end('served');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  after(async () => {
    await new Promise(resolve => server.close(resolve));
    rmSync(root, { recursive: true, force: true });
  });

  async function run(
    script: string,
    change: Partial<BuildStep> = {},
    signal = never,
  ): Promise<{
    code: number | null;
    found: Record<string, unknown>;
    lines: readonly string[];
    stderr: string;
  }> {
    const file = join(pluginDir, 'tool.cjs');
    writeFileSync(file, `${prelude}\n${script}`);
    const lines: string[] = [];
    const outcome = await builds.run(
      {
        tool: 'the test tool',
        pluginId: 'test-plugin',
        pluginDir,
        command: [process.execPath, file],
        readOnly: [process.execPath, folders.made],
        readWrite: [folders.work],
        env: { GREETING: 'hello' },
        network: 'none',
        confined: true,
        onLine: (stream, line) => lines.push(`${stream}: ${line}`),
        ...change,
      },
      signal,
    );
    const found = outcome.stdout.startsWith('{') ? JSON.parse(outcome.stdout) : {};
    return { code: outcome.code, found, lines, stderr: outcome.stderr };
  }

  it('hands on the lines, the exit code and what was written', async () => {
    const { code, lines, stderr } = await run(
      `console.log('one'); console.error('two'); process.exitCode = 3;`,
    );
    assert.equal(code, 3);
    assert.deepEqual([...lines].sort(), ['stderr: two', 'stdout: one']);
    assert.equal(stderr, 'two\n');
  });

  it('lets a step write its own folder and nothing else', async () => {
    const other = await builds.foldersFor('go', join(root, 'other'));
    const targets = {
      work: join(folders.work, 'x'),
      made: join(folders.made, 'x'),
      shared: join(folders.shared, 'x'),
      plugin: join(pluginDir, 'x'),
      other: join(other.work, 'x'),
      usr: '/usr/x',
      system: '/etc/x',
    };
    const { found } = await run(
      `report(Object.fromEntries(Object.entries(${JSON.stringify(targets)}).map(([name, file]) => [name, attempt(() => fs.writeFileSync(file, 'x'))])));`,
    );
    assert.equal(found['work'], 'done');
    for (const name of ['made', 'shared', 'plugin', 'other', 'usr', 'system'] as const) {
      assert.notEqual(found[name], 'done', name);
      assert.equal(existsSync(targets[name]), false, name);
    }
    assert.equal(readFileSync(targets.work, 'utf8'), 'x');
  });

  it('shows a step nothing of the user', async () => {
    const hidden = [
      join(root, 'secret.txt'),
      join(homedir(), '.ssh'),
      join(homedir(), '.cargo'),
      join(homedir(), '.config'),
      join(homedir(), '.bashrc'),
      '/etc/shadow',
      '/etc/passwd',
      '/etc/ssl/private',
      '/var',
      '/run',
    ].filter(file => !process.execPath.startsWith(`${file}/`) && !root.startsWith(`${file}/`));
    for (const network of ['none', 'shared'] as const) {
      const { found } = await run(
        `report({ seen: ${JSON.stringify(hidden)}.filter(file => fs.existsSync(file)), env: Object.keys(process.env).sort() });`,
        { network },
      );
      assert.deepEqual(found['seen'], [], network);
      assert.deepEqual(found['env'], ['GREETING', 'HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'], network);
    }
  });

  it('gives the network to a step that is to fetch, and to no other', async () => {
    const script = `fetch('http://127.0.0.1:${port}/').then(r => r.text()).then(text => report({ text }), error => report({ text: error.cause?.code }));`;
    const without = await run(script);
    assert.notEqual(without.found['text'], 'served');
    assert.equal(hits, 0);
    const withIt = await run(script, { network: 'shared' });
    assert.equal(withIt.found['text'], 'served');
    assert.equal(hits, 1);
  });

  it('keeps the sockets of this machine shut where the network is shared', async () => {
    const { found } = await run(
      `const net = require('node:net'); net.connect('\\0anything').on('error', error => report({ code: error.code }));`,
      { network: 'shared' },
    );
    assert.equal(found['code'], 'EPERM');
  });

  it('ends a step that takes too long, with all it started', async () => {
    const marker = join(folders.work, 'alive');
    await assert.rejects(
      run(
        `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => require("fs").writeFileSync(${JSON.stringify(marker)}, String(Date.now())), 20)'], { detached: true, stdio: 'ignore' }); setInterval(() => {}, 1000);`,
        { deadline: 2000 },
      ),
      (error: unknown) =>
        error instanceof WorkbenchError &&
        error.code === 'PW-BUILD-FAILED' &&
        /longer than 2 s/.test(error.message),
    );
    rmSync(marker, { force: true });
    await new Promise(resolve => setTimeout(resolve, 200));
    assert.equal(existsSync(marker), false);
  });

  it('ends a step when the caller gives up', async () => {
    const abort = new AbortController();
    const onLine = (): void => abort.abort(new Error('enough'));
    await assert.rejects(
      run(`console.log('up'); setInterval(() => {}, 1000);`, { onLine }, abort.signal),
      /enough/,
    );
  });

  it('takes a file that was built, and no link', async () => {
    const built = join(folders.work, 'program');
    const taken = join(folders.made, 'program');
    await run(`fs.writeFileSync(${JSON.stringify(built)}, 'first');`);
    await builds.take(built, taken);
    assert.equal(readFileSync(taken, 'utf8'), 'first');

    await run(
      `fs.rmSync(${JSON.stringify(built)}); fs.symlinkSync(${JSON.stringify(join(root, 'secret.txt'))}, ${JSON.stringify(built)});`,
    );
    const refused = { code: 'PW-BUILD-FAILED' };
    await assert.rejects(builds.take(built, taken), refused);
    const folder = join(folders.work, 'folder');
    symlinkSync(dirname(join(root, 'secret.txt')), folder);
    await assert.rejects(builds.take(join(folder, 'secret.txt'), taken), refused);
    assert.equal(readFileSync(taken, 'utf8'), 'first');
  });

  it('never starts a tool where there is no sandbox', async () => {
    const none = createBuilds({
      root: join(root, 'cache'),
      env: {},
      openSandbox: async confined => {
        assert.equal(confined, true);
        throw new WorkbenchError('PW-SANDBOX-MISSING', 'bubblewrap is not installed.');
      },
    });
    const marker = join(root, 'ran');
    await assert.rejects(
      none.run(
        {
          tool: 'touch',
          pluginId: 'test-plugin',
          pluginDir,
          command: ['/usr/bin/touch', marker],
          readOnly: [],
          readWrite: [],
          env: {},
          network: 'none',
          confined: true,
          onLine: () => {},
        },
        never,
      ),
      { code: 'PW-SANDBOX-MISSING' },
    );
    assert.equal(existsSync(marker), false);
  });
});

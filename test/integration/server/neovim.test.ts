import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { bundleServer } from './bundle.ts';

/** Why Neovim can't be used here; `undefined` when it can. */
function neovimMissing(): string | undefined {
  const { status, stdout } = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return 'nvim is not installed';
  const [, major, minor] = /NVIM v(\d+)\.(\d+)/.exec(stdout) ?? [];
  const isOld = Number(major) === 0 && Number(minor) < 7;
  return major === undefined || isOld ? `nvim is older than 0.7: ${stdout.split('\n')[0]}` : undefined;
}

const missing = neovimMissing();

it('gives diagnostics to Neovim', { skip: missing ?? false }, async () => {
  const server = await bundleServer();
  const workspace = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-neovim-'));
  try {
    const manifest = { name: 'Hello', version: '1.0.0', type: 'tool', build: { entry: 'index.js' } };
    await writeFile(path.join(workspace, 'plugin.json'), JSON.stringify(manifest));
    const line = 'export const run = text => eval(text);';
    await writeFile(path.join(workspace, 'index.js'), `${line}\n`);

    const script = path.join(import.meta.dirname, 'neovim.lua');
    const run = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', '-c', `luafile ${script}`],
      {
        encoding: 'utf8',
        timeout: 180_000,
        env: {
          ...process.env,
          PW_SERVER: server.script,
          PW_NODE: process.execPath,
          PW_WORKSPACE: workspace,
          // Its log and state stay out of the user's home.
          XDG_STATE_HOME: workspace,
          XDG_CACHE_HOME: workspace,
          XDG_DATA_HOME: workspace,
        },
      },
    );
    const answer = /RESULT (.*)/.exec(run.stdout)?.[1];
    assert.ok(answer, `nvim answered ${run.stdout}${run.stderr}`);
    const call = 'eval(text)';
    const start = line.indexOf(call);
    assert.deepEqual(JSON.parse(answer), {
      first: [{ code: 'PW-JS-EVAL', at: `0:${start}-${start + call.length}`, source: 'plugin-workbench' }],
      cleared: true,
    });
    assert.equal(run.status, 0);
  } finally {
    await rm(workspace, { recursive: true, force: true });
    await server.remove();
  }
});

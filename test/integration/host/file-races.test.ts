import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { createFileAccess, createFiles, type Files } from '../../../src/host/services/files/index.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';

/** So often each race is tried; a way that looks a name up twice loses within the first dozens. */
const ROUNDS = 250;

let root: string;
let data: string;
let outside: string;
let files: Files;
let attacker: ChildProcess | undefined;

before(() => {
  root = mkdtempSync(path.join(realpathSync(tmpdir()), 'race-test-'));
  const pluginDir = path.join(root, 'plugin');
  data = path.join(pluginDir, 'data');
  outside = path.join(root, 'outside');
  for (const folder of ['plugin/data/folder', 'plugin/data/other', 'outside/folder'])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const folder of [data, path.join(data, 'folder'), path.join(data, 'other')])
    writeFileSync(path.join(folder, 'file'), 'given');
  for (const folder of [outside, path.join(outside, 'folder')])
    writeFileSync(path.join(folder, 'file'), 'secret');
  symlinkSync(outside, path.join(data, 'link'));
  symlinkSync(path.join(outside, 'file'), path.join(data, 'file-link'));
  files = createFiles(
    createFileAccess({
      pluginDir,
      homeDir: root,
      capabilities: () =>
        ['read', 'write'].map(action => ({
          scope: 'filesystem',
          action,
          resource: './data/**',
          restrictions: {},
          at: [],
        })),
      now: Date.now,
      reserved: [],
      deny: () => {
        throw new WireError(ErrorCode.PermissionDenied, 'denied');
      },
    }),
  );
});

afterEach(async () => {
  if (attacker?.exitCode === null && attacker.signalCode === null) {
    attacker.kill('SIGKILL');
    await once(attacker, 'exit');
  }
});

after(() => rmSync(root, { recursive: true, force: true }));

/** Another process that does these renames over and over; a rename that finds nothing is left out. */
async function attack(...renames: readonly (readonly [string, string])[]): Promise<void> {
  const script = `
    const { renameSync } = require('node:fs');
    const renames = ${JSON.stringify(renames)};
    process.stdout.write('ready');
    for (;;) for (const [from, to] of renames) try { renameSync(from, to); } catch {}
  `;
  attacker = spawn(process.execPath, ['-e', script], { cwd: data, stdio: ['ignore', 'pipe', 'inherit'] });
  if (attacker.stdout) await once(attacker.stdout, 'data');
}

/** What came of trying so often, counted by outcome. */
async function tryOften(work: () => Promise<string>): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const outcome = await work().catch((error: unknown) => {
      if (error instanceof WireError) return `code ${error.code}`;
      throw error;
    });
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return outcomes;
}

const readText = async (at: string) =>
  (await files.read(at, { offset: 0, length: undefined })).bytes.toString();

describe('while another process exchanges what is there', () => {
  it('a folder for a link, nothing from outside is read', async () => {
    await attack(['folder', 'aside'], ['link', 'folder'], ['folder', 'link'], ['aside', 'folder']);
    const outcomes = await tryOften(() => readText('data/folder/file'));
    assert.ok(!outcomes.has('secret'), JSON.stringify([...outcomes]));
    assert.ok((outcomes.get('given') ?? 0) > 0, JSON.stringify([...outcomes]));
  });

  it('a file for a link, nothing from outside is read or changed', async () => {
    await attack(['file', 'aside'], ['file-link', 'file'], ['file', 'file-link'], ['aside', 'file']);
    const read = await tryOften(() => readText('data/file'));
    assert.ok(!read.has('secret'), JSON.stringify([...read]));
    await tryOften(async () => {
      await files.write('data/file', Buffer.from('given'), true);
      return 'written';
    });
    assert.equal(readFileSync(path.join(outside, 'file'), 'utf8'), 'secret');
  });

  it('a folder for a link, nothing is written or removed outside', async () => {
    await attack(['other', 'aside2'], ['link', 'other'], ['other', 'link'], ['aside2', 'other']);
    let number = 0;
    const outcomes = await tryOften(async () => {
      const name = `new-${number++ % 20}`;
      await files.write(`data/other/${name}`, Buffer.from('x'), false);
      await files.remove('data/other/file').catch(() => {});
      await files.makeFolder('data/other/made').catch(() => {});
      return 'written';
    });
    assert.ok(outcomes.has('written'), JSON.stringify([...outcomes]));
    assert.deepEqual(readdirSync(outside).sort(), ['file', 'folder']);
    assert.equal(readFileSync(path.join(outside, 'file'), 'utf8'), 'secret');
  });

  it('a folder by moving it out, nothing from outside is read', async () => {
    const moved = path.join(outside, 'moved');
    await attack(
      ['folder', moved],
      [path.join(outside, 'folder'), path.join(moved, '..', 'waiting')],
      [moved, 'folder'],
      [path.join(outside, 'waiting'), path.join(outside, 'folder')],
    );
    const outcomes = await tryOften(() => readText('data/folder/file'));
    assert.ok(!outcomes.has('secret'), JSON.stringify([...outcomes]));
  });
});

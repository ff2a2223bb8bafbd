import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { type Hold, holdByDescriptor, holdByName } from '../../../src/host/services/files/hold.ts';
import { createFileAccess, createFiles, type Files } from '../../../src/host/services/files/index.ts';
import type { Capability } from '../../../src/manifest/index.ts';
import { ErrorCode } from '../../../src/protocol/plugin/index.ts';
import { WireError } from '../../../src/protocol/wire/index.ts';

let root: string;
let pluginDir: string;
let homeDir: string;
let outside: string;
let capabilities: Capability[];
let files: Files;
let hold: Hold = holdByName;

const grant = (action: 'read' | 'write', resource: string, restrictions = {}): Capability => ({
  scope: 'filesystem',
  action,
  resource,
  restrictions,
  at: [],
});

beforeEach(() => {
  root = mkdtempSync(path.join(realpathSync(tmpdir()), 'files-test-'));
  pluginDir = path.join(root, 'plugin');
  homeDir = path.join(root, 'home');
  outside = path.join(root, 'outside');
  for (const folder of [
    pluginDir,
    homeDir,
    outside,
    path.join(pluginDir, 'data'),
    path.join(pluginDir, 'logs'),
  ])
    mkdirSync(folder);
  writeFileSync(path.join(outside, 'secret.txt'), 'secret');
  writeFileSync(path.join(pluginDir, 'data', 'given.txt'), 'given');
  writeFileSync(path.join(pluginDir, 'plugin.json'), '{}');
  capabilities = [];
  files = makeFiles(() => 1000);
});

afterEach(() => rmSync(root, { recursive: true }));

function makeFiles(now: () => number): Files {
  return createFiles(
    createFileAccess({
      pluginDir,
      homeDir,
      capabilities: () => capabilities,
      now,
      hold,
      reserved: ['plugin.json'],
      deny: (_, place, why) => {
        throw new WireError(ErrorCode.PermissionDenied, `${place}: ${why}`);
      },
    }),
  );
}

const own = (...names: string[]) => path.join(pluginDir, ...names);
const read = async (at: string): Promise<string> =>
  (await files.read(at, { offset: 0, length: undefined })).bytes.toString();
const write = (at: string, text: string, append = false) => files.write(at, Buffer.from(text), append);

async function refuses(work: Promise<unknown>, code: number, message = /./): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof WireError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}
const { PermissionDenied, NotFound, InvalidParams, LimitExceeded } = ErrorCode;

const ways: Readonly<Record<string, Hold>> = {
  ...(process.platform === 'linux' ? { 'by descriptor': holdByDescriptor } : {}),
  'by name': holdByName,
};

for (const [way, used] of Object.entries(ways)) {
  describe(`held ${way}`, () => {
    before(() => {
      hold = used;
    });

    describe('files within a grant', () => {
      it('are read, in parts too', async () => {
        capabilities = [grant('read', './data/**')];
        assert.equal(await read('data/given.txt'), 'given');
        assert.equal(await read('./data/../data//given.txt'), 'given');
        assert.equal(await read(own('data', 'given.txt')), 'given');
        const part = await files.read('data/given.txt', { offset: 1, length: 3 });
        assert.deepEqual([part.bytes.toString(), part.size], ['ive', 5]);
      });

      it('are written as a whole, with the folders on the way', async () => {
        capabilities = [grant('write', './data/**')];
        await files.makeFolder('data/a/b');
        await write('data/a/b/new.txt', 'one');
        await write('data/a/b/new.txt', 'two');
        await write('data/a/b/new.txt', ' more', true);
        assert.equal(readFileSync(own('data/a/b/new.txt'), 'utf8'), 'two more');
        assert.deepEqual(readdirSync(own('data/a/b')), ['new.txt']);
        await files.remove('data/a/b/new.txt');
        await files.remove('data/a/b');
        assert.equal(existsSync(own('data/a/b')), false);
      });

      it('keep their mode when they are replaced', async () => {
        capabilities = [grant('write', './data/*')];
        chmodSync(own('data/given.txt'), 0o640);
        await write('data/given.txt', 'new');
        assert.equal(statSync(own('data/given.txt')).mode & 0o777, 0o640);
      });

      it('are found from home and from the root', async () => {
        writeFileSync(path.join(homeDir, 'notes.txt'), 'notes');
        capabilities = [grant('read', '~/*.txt'), grant('read', `${outside}/secret.txt`)];
        assert.equal(await read('~/notes.txt'), 'notes');
        assert.equal(await read(path.join(outside, 'secret.txt')), 'secret');
      });

      it('tell what they are', async () => {
        capabilities = [grant('read', './data/**')];
        assert.deepEqual(await files.stat('data/none.txt'), null);
        const facts = await files.stat('data/given.txt');
        assert.deepEqual([facts?.type, facts?.size], ['file', 5]);
        assert.equal((await files.stat('data'))?.type, 'folder');
      });
    });

    describe('a file pattern', () => {
      it('covers what it says and nothing beside it', async () => {
        mkdirSync(own('data/deep'));
        for (const name of ['logs/a.txt', 'logs/a.log', 'data/deep/x.txt']) writeFileSync(own(name), name);
        capabilities = [grant('read', './data/*'), grant('read', './logs/*.txt')];
        assert.equal(await read('logs/a.txt'), 'logs/a.txt');
        await refuses(read('logs/a.log'), PermissionDenied);
        await refuses(read('data/deep/x.txt'), PermissionDenied);
        await refuses(read('plugin.json'), PermissionDenied);
      });

      it('grants reading or writing, not both', async () => {
        capabilities = [grant('read', './data/*'), grant('write', './logs/*')];
        await refuses(write('data/given.txt', 'x'), PermissionDenied);
        await refuses(files.remove('data/given.txt'), PermissionDenied);
        await write('logs/a.txt', 'x');
        await refuses(read('logs/a.txt'), PermissionDenied);
        await refuses(files.list('logs'), PermissionDenied);
        assert.equal(readFileSync(own('data/given.txt'), 'utf8'), 'given');
      });

      it('shows in a folder only what it names', async () => {
        for (const name of ['a.txt', 'a.log', '.hidden.txt']) writeFileSync(own('logs', name), name);
        capabilities = [grant('read', './logs/*.txt')];
        assert.deepEqual(
          (await files.list('logs')).map(entry => entry.name),
          ['.hidden.txt', 'a.txt'],
        );
        assert.deepEqual(await files.list('.'), [{ name: 'logs', type: 'folder' }]);
        await refuses(files.list('data'), PermissionDenied);
      });

      it('compares names as they are written: case and composition count', async () => {
        const composed = 'caf\u00e9.txt';
        const decomposed = 'cafe\u0301.txt';
        for (const name of [composed, decomposed, 'A.txt', 'a.txt']) writeFileSync(own('data', name), name);
        capabilities = [grant('read', `./data/${composed}`), grant('read', './data/a.txt')];
        assert.equal(await read(`data/${composed}`), composed);
        assert.equal(await read('data/a.txt'), 'a.txt');
        await refuses(read(`data/${decomposed}`), PermissionDenied);
        await refuses(read('data/A.txt'), PermissionDenied);
      });

      it('takes the folder of the plugin for what it is called, whatever characters are in it', async () => {
        const odd = path.join(root, '[a]*{b,c}?');
        mkdirSync(path.join(odd, 'data'), { recursive: true });
        writeFileSync(path.join(odd, 'data', 'x'), 'odd');
        mkdirSync(path.join(root, 'azb1'));
        pluginDir = odd;
        files = makeFiles(() => 0);
        capabilities = [grant('read', './data/{x,y}')];
        assert.equal(await read('data/x'), 'odd');
      });

      it('is decided quickly, however it is written', async () => {
        capabilities = [
          grant('read', `./data/${'*a'.repeat(100)}`),
          grant('read', `./${'**/'.repeat(50)}never`),
        ];
        await refuses(read(`data/${'a'.repeat(98)}b`), PermissionDenied);
        await refuses(read(`${'x/'.repeat(200)}y`), PermissionDenied);
      });

      it('ends when it expires, and bounds the size', async () => {
        capabilities = [
          grant('read', './data/*', { expiresAt: 1001 }),
          grant('write', './data/*', { maxBytes: 6 }),
        ];
        assert.equal(await read('data/given.txt'), 'given');
        await refuses(write('data/given.txt', 'longer!'), LimitExceeded);
        await write('data/given.txt', '12345');
        await refuses(write('data/given.txt', '67', true), LimitExceeded);
        files = makeFiles(() => 1001);
        await refuses(read('data/given.txt'), PermissionDenied);
      });
    });

    describe('a way out of a grant', () => {
      beforeEach(() => {
        capabilities = [grant('read', './data/**'), grant('write', './data/**')];
      });
      const secretIsSafe = () =>
        assert.equal(readFileSync(path.join(outside, 'secret.txt'), 'utf8'), 'secret');

      it('is not a path with `..`', async () => {
        for (const at of ['data/../../outside/secret.txt', '../outside/secret.txt', 'data/../plugin.json']) {
          await refuses(read(at), PermissionDenied);
          await refuses(write(at, 'x'), PermissionDenied);
        }
        secretIsSafe();
      });

      it('is not a link, at the end or on the way', async () => {
        symlinkSync(path.join(outside, 'secret.txt'), own('data/link.txt'));
        symlinkSync(outside, own('data/folder'));
        symlinkSync('../../outside', own('data/relative'));
        symlinkSync(own('data/folder'), own('data/second'));
        for (const at of ['link.txt', 'folder/secret.txt', 'relative/secret.txt', 'second/secret.txt']) {
          await refuses(read(`data/${at}`), PermissionDenied);
          await refuses(files.stat(`data/${at}`), PermissionDenied);
          await refuses(write(`data/${at}`, 'x'), PermissionDenied);
          await refuses(write(`data/${at}`, 'x', true), PermissionDenied);
        }
        await refuses(files.list('data/folder'), PermissionDenied);
        await refuses(files.makeFolder('data/folder/new'), PermissionDenied);
        await refuses(write('data/folder/new.txt', 'x'), PermissionDenied);
        assert.deepEqual(readdirSync(outside), ['secret.txt']);
        secretIsSafe();
      });

      it('does not tell whether something is there', async () => {
        symlinkSync(path.join(outside, 'secret.txt'), own('data/there'));
        symlinkSync(path.join(outside, 'none.txt'), own('data/not-there'));
        await refuses(read('data/there'), PermissionDenied);
        await refuses(read('data/not-there'), PermissionDenied);
      });

      it('is not barred where a link stays within', async () => {
        symlinkSync('given.txt', own('data/again.txt'));
        symlinkSync(own('data'), own('data/round'));
        assert.equal(await read('data/again.txt'), 'given');
        assert.equal(await read('data/round/round/given.txt'), 'given');
        symlinkSync('loop', own('data/loop'));
        await refuses(read('data/loop'), NotFound);
      });

      it('is not a hard link', async () => {
        linkSync(path.join(outside, 'secret.txt'), own('data/hard.txt'));
        await refuses(write('data/hard.txt', 'x', true), InvalidParams, /another name/);
        secretIsSafe();
        await write('data/hard.txt', 'replaced');
        secretIsSafe();
        const shared = path.join(root, 'shared');
        mkdirSync(shared);
        linkSync(path.join(outside, 'secret.txt'), path.join(shared, 'hard.txt'));
        capabilities.push(grant('read', `${shared}/**`));
        await refuses(read(path.join(shared, 'hard.txt')), InvalidParams, /another name/);
      });

      it('is not a device, a pipe or a socket', async () => {
        capabilities = [grant('read', '/dev/*'), grant('write', '/dev/*'), ...capabilities];
        execFileSync('mkfifo', [own('data/pipe')]);
        for (const at of ['/dev/zero', '/dev/null', 'data/pipe']) {
          await refuses(read(at), InvalidParams, /only files/);
          await refuses(write(at, 'x'), InvalidParams, /only files/);
          await refuses(write(at, 'x', true), InvalidParams, /only files/);
        }
      });

      it('is not a name with a NUL, nor one that is too long', async () => {
        await refuses(read('data/given.txt\0.png'), InvalidParams);
        await refuses(read(`data/${'x'.repeat(300)}`), NotFound);
      });

      it('is not the manifest, whatever may be written', async () => {
        capabilities = [grant('write', './**')];
        await refuses(write('plugin.json', '{ "permissions": {} }'), PermissionDenied);
        await refuses(files.remove('./plugin.json'), PermissionDenied);
        symlinkSync('../plugin.json', own('data/other-name'));
        await refuses(write('data/other-name', 'x'), PermissionDenied);
        assert.equal(readFileSync(own('plugin.json'), 'utf8'), '{}');
        await refuses(files.remove('.'), PermissionDenied);
      });

      it('is not the folder itself, moved elsewhere', async () => {
        renameSync(own('data'), path.join(outside, 'data'));
        await refuses(read('data/given.txt'), NotFound);
        symlinkSync(path.join(outside, 'data'), own('data'));
        await refuses(read('data/given.txt'), PermissionDenied);
      });
    });

    describe('a request about files', () => {
      it('is bounded', async () => {
        capabilities = [grant('read', './data/**')];
        writeFileSync(own('data/big'), Buffer.alloc(2 * 1024 * 1024 + 1));
        await refuses(read('data/big'), LimitExceeded, /in parts/);
        const part = await files.read('data/big', { offset: 2 * 1024 * 1024, length: 100 });
        assert.equal(part.bytes.length, 1);
      });

      it('leaves no descriptor open', async () => {
        capabilities = [grant('read', './data/**'), grant('write', './data/**')];
        symlinkSync(outside, own('data/link'));
        const open = () => readdirSync('/proc/self/fd').length;
        await read('data/given.txt');
        const before = open();
        for (let round = 0; round < 20; round++) {
          await read('data/given.txt');
          await write('data/new.txt', 'x');
          await refuses(read('data/link/secret.txt'), PermissionDenied);
          await refuses(read('data/none/none'), NotFound);
          await refuses(files.list('data/given.txt'), InvalidParams);
        }
        assert.equal(open(), before);
      });
    });
  });
}

import assert from 'node:assert/strict';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { emptyFolder } from '../../../../src/host/services/memory/remove-tree.ts';
import { ErrorCode } from '../../../../src/protocol/plugin/index.ts';
import { createMemoryWorld, KIB, type MemoryWorld, type Process } from './world.ts';

let world: MemoryWorld;
beforeEach(() => {
  world = createMemoryWorld();
});
afterEach(() => world.dispose());

const full = (error: unknown): boolean => (error as { code?: number }).code === ErrorCode.LimitExceeded;

describe('quotas', () => {
  test('of a plugin: what it has together, and its manifest’s own word', async () => {
    const { memory } = await world.start('one');
    const first = await memory.allocate(40 * KIB, null);
    await assert.rejects(memory.allocate(25 * KIB, null), full);
    await assert.rejects(memory.resize(first.id, 65 * KIB), full);
    await memory.allocate(25 * KIB, null, 128 * KIB);
    await memory.release(first.id);
    await memory.allocate(30 * KIB, null);
  });

  test('of the host, over all plugins', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await (await world.start(id)).memory.allocate(64 * KIB, null);
    const { memory } = await world.start('e');
    await assert.rejects(memory.allocate(1, null), full);
    await world.shared.forget('a');
    await memory.allocate(64 * KIB, null);
  });

  test('of segments', async () => {
    const { memory } = await world.start('many');
    for (let n = 0; n < 256; n++) await memory.allocate(1, null);
    await assert.rejects(memory.allocate(1, null), full);
  });

  test('what others keep of the past gives way when room is needed', async () => {
    const [owner, other] = [await world.start('owner'), await world.start('other')];
    const { id, path: file } = await owner.memory.allocate(64 * KIB, null);
    writeFileSync(file, 'past', { flag: 'r+' });
    await owner.memory.share(id, new Map([['other', 'read']]));
    const kept = openSync(other.memory.open(id).path, 'r');
    try {
      await owner.memory.share(id, new Map());
      assert.equal(readSync(kept, Buffer.alloc(4), 0, 4, 0), 4);
      for (const name of ['x', 'y', 'z']) await (await world.start(name)).memory.allocate(64 * KIB, null);
      assert.equal(readSync(kept, Buffer.alloc(4), 0, 4, 0), 0);
    } finally {
      closeSync(kept);
    }
  });

  test('where there is no place, each use says so', async () => {
    const nowhere = createMemoryWorld({ bases: ['/nowhere'] });
    const { memory } = await nowhere.start('one');
    assert.deepEqual(memory.folders, []);
    await assert.rejects(
      memory.allocate(1, null),
      error => (error as { code?: number }).code === ErrorCode.Unavailable,
    );
    await nowhere.dispose();
  });
});

/** Waits until the host has looked into the folder and said what it found. */
async function misuse(process: Process, accept = (_: Process['misuses'][0]): boolean => true) {
  for (;;) {
    const found = process.misuses.find(accept);
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('a plugin that does as it likes in its folder', () => {
  test('finds its files, links and renamed segments gone, and nothing behind a link touched', async () => {
    const victim = mkdtempSync(path.join(tmpdir(), 'memory-victim-'));
    writeFileSync(path.join(victim, 'precious'), 'kept');
    const plugin = await world.start('wild');
    const { path: file } = await plugin.memory.allocate(KIB, null);
    const rw = plugin.folder('rw');
    writeFileSync(path.join(rw, 'own'), 'x');
    symlinkSync(victim, path.join(rw, 'link'));
    linkSync(file, path.join(rw, 'second'));
    renameSync(file, path.join(rw, 'renamed'));
    const { fatal } = await misuse(plugin);
    assert.equal(fatal, false);
    for (const name of ['own', 'link', 'second', 'renamed'])
      assert.equal(existsSync(path.join(rw, name)), false);
    assert.equal(statSync(file).size, KIB);
    assert.equal(readFileSync(path.join(victim, 'precious'), 'utf8'), 'kept');
    rmSync(victim, { recursive: true });
  });

  test('a link in place of a segment is not followed', async () => {
    const victim = path.join(mkdtempSync(path.join(tmpdir(), 'memory-victim-')), 'precious');
    writeFileSync(victim, 'kept');
    const plugin = await world.start('wild');
    const { id, path: file } = await plugin.memory.allocate(KIB, null);
    unlinkSync(file);
    symlinkSync(victim, file);
    await plugin.memory.resize(id, 2 * KIB);
    await plugin.memory.freeze(id);
    assert.equal(readFileSync(victim, 'utf8'), 'kept');
    assert.equal(statSync(plugin.memory.open(id).path).size, 2 * KIB);
    rmSync(path.dirname(victim), { recursive: true });
  });

  test('a segment gets its size and mode back', async () => {
    const [plugin, reader] = [await world.start('wild'), await world.start('reader')];
    const { id, path: file } = await plugin.memory.allocate(KIB, null);
    await plugin.memory.share(id, new Map([['reader', 'read']]));
    const mode = statSync(file).mode;
    truncateSync(file, 10);
    chmodSync(file, 0);
    assert.match((await misuse(plugin)).message, /from 1024 to 10 bytes/);
    assert.equal(statSync(reader.memory.open(id).path).size, KIB);
    assert.equal(statSync(file).mode, mode);
  });

  test('one that takes more than its quota is to be ended; so is one that makes folders', async () => {
    const [big, deep] = [await world.start('big'), await world.start('deep')];
    writeFileSync(path.join(big.folder('rw'), 'own'), Buffer.alloc(70 * KIB, 1));
    mkdirSync(path.join(deep.folder('rw'), 'folder'));
    assert.ok((await misuse(big, ({ fatal }) => fatal)).used > 64 * KIB);
    assert.ok(await misuse(deep, ({ fatal }) => fatal));
  });

  test('its folder goes with it, whatever it made of it', async () => {
    const plugin = await world.start('wild');
    let folder = plugin.folder('rw');
    for (let depth = 0; depth < 600; depth++) {
      folder = path.join(folder, 'd');
      // Beyond the longest path there is.
      if (folder.length > 3500) break;
      mkdirSync(folder);
      writeFileSync(path.join(folder, 'f'), '');
    }
    chmodSync(path.join(plugin.folder('rw'), 'd'), 0);
    chmodSync(plugin.folder('rw'), 0);
    await plugin.memory.end();
    assert.equal(existsSync(path.dirname(plugin.folder('rw'))), false);
  });
});

describe('what is left', () => {
  test('nothing when the host ends', async () => {
    await (await world.start('one')).memory.allocate(KIB, null);
    assert.equal(readdirSync(world.base).length, 1);
    await world.shared.end();
    assert.deepEqual(readdirSync(world.base), []);
  });

  test('by a host that was killed goes with the next; that of one which runs, and other people’s, stays', async () => {
    await (await world.start('one')).memory.allocate(KIB, null);
    const [running = ''] = readdirSync(world.base);
    const dead = running.replace(/-(\d+)-[0-9a-f]{16}$/, '-1-0123456789abcdef');
    mkdirSync(path.join(world.base, dead, 'store'), { recursive: true });
    writeFileSync(path.join(world.base, dead, 'store', 'segment'), 'x');
    const others = 'plugin-workbench-someone-else';
    mkdirSync(path.join(world.base, others));
    const next = createMemoryWorld({ bases: [world.base] });
    await next.start('two');
    const left = readdirSync(world.base);
    assert.equal(left.includes(dead), false);
    assert.ok(left.includes(running) && left.includes(others));
    await next.dispose();
  });

  test('removing follows no link', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'memory-remove-'));
    mkdirSync(path.join(dir, 'victim'));
    writeFileSync(path.join(dir, 'victim', 'precious'), 'kept');
    mkdirSync(path.join(dir, 'rubbish', 'deep'), { recursive: true });
    symlinkSync(path.join(dir, 'victim'), path.join(dir, 'rubbish', 'deep', 'link'));
    symlinkSync(path.join(dir, 'victim'), path.join(dir, 'rubbish', 'link'));
    emptyFolder(path.join(dir, 'rubbish'));
    assert.deepEqual(readdirSync(path.join(dir, 'rubbish')), []);
    assert.equal(readFileSync(path.join(dir, 'victim', 'precious'), 'utf8'), 'kept');
    rmSync(dir, { recursive: true });
  });
});

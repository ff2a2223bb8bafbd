import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { ErrorCode } from '../../../../src/protocol/plugin/index.ts';
import { createMemoryWorld, KIB, type MemoryWorld, textOf } from './world.ts';

let world: MemoryWorld;
beforeEach(() => {
  world = createMemoryWorld();
});
afterEach(() => world.dispose());

const write = (file: string, text: string): void => writeFileSync(file, text, { flag: 'r+' });
const refused = (code: number) => (error: unknown) => (error as { code?: number }).code === code;

describe('sharing a segment', () => {
  test('those who have one know the formats that all of them know, and hear when that changes', async () => {
    const [owner, other] = [await world.start('owner'), await world.start('other', {}, ['json', 'protobuf'])];
    const { id, formats } = await owner.memory.allocate(KIB, 'values');
    assert.deepEqual(formats, ['json', 'msgpack', 'protobuf']);
    await owner.memory.share(id, new Map([['other', 'read']]));
    const [method, told] = owner.news.at(-1) ?? [];
    assert.equal(method, 'memory/moved');
    assert.deepEqual(told, { handle: owner.memory.open(id) });
    assert.deepEqual(owner.memory.open(id).formats, ['json', 'protobuf']);
    assert.deepEqual(other.memory.open(id).formats, ['json', 'protobuf']);
    await owner.memory.share(id, new Map());
    assert.deepEqual(owner.memory.open(id).formats, formats);
  });

  test('one that is allocated is zeros, writable, and nobody else’s', async () => {
    const [owner, other] = [await world.start('owner'), await world.start('other')];
    const handle = await owner.memory.allocate(3 * KIB, 'pixels');
    assert.deepEqual(
      { ...handle, id: '', path: '' },
      {
        ...{ id: '', path: '', name: 'pixels', owner: 'owner', size: 3 * KIB, writable: true, frozen: false },
        formats: ['json', 'msgpack', 'protobuf'],
      },
    );
    assert.equal(statSync(handle.path).size, 3 * KIB);
    assert.equal(textOf(handle.path), '');
    assert.throws(() => other.memory.open(handle.id), refused(ErrorCode.NotFound));
    assert.deepEqual(other.memory.list(), []);
    assert.deepEqual([...readdirSync(other.folder('ro')), ...readdirSync(other.folder('rw'))], []);
  });

  test('a reader gets it in its read-only folder and sees what is written; a writer in the other', async () => {
    const [owner, reader, writer] = [
      await world.start('owner'),
      await world.start('reader'),
      await world.start('writer'),
    ];
    const { id, path } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(
      id,
      new Map([
        ['reader', 'read'],
        ['writer', 'write'],
      ]),
    );
    const read = reader.memory.open(id);
    const written = writer.memory.open(id);
    assert.equal(read.writable, false);
    assert.ok(read.path.startsWith(reader.folder('ro')));
    assert.equal(written.writable, true);
    assert.ok(written.path.startsWith(writer.folder('rw')));
    write(written.path, 'from the writer');
    assert.equal(textOf(read.path), 'from the writer');
    assert.equal(textOf(path), 'from the writer');
    assert.deepEqual(owner.news, []);
    assert.deepEqual(
      reader.memory.list().map(handle => handle.id),
      [id],
    );
  });

  test('only its owner decides about it', async () => {
    const [owner, writer] = [await world.start('owner'), await world.start('writer')];
    const { id } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['writer', 'write']]));
    await assert.rejects(writer.memory.share(id, new Map()), refused(ErrorCode.InvalidRequest));
    await assert.rejects(writer.memory.resize(id, 1), refused(ErrorCode.InvalidRequest));
    await assert.rejects(writer.memory.freeze(id), refused(ErrorCode.InvalidRequest));
  });

  test('a plugin that starts later, or anew, finds what is shared with it', async () => {
    const owner = await world.start('owner');
    const { id } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['later', 'read']]));
    const later = await world.start('later');
    assert.equal(later.memory.open(id).id, id);
    const reloaded = await world.start('owner');
    assert.equal(reloaded.memory.open(id).writable, true);
    await owner.memory.end();
    write(reloaded.memory.open(id).path, 'still there');
    assert.equal(textOf(later.memory.open(id).path), 'still there');
  });

  test('the manifest of a plugin counts, whatever the owner says', async () => {
    const owner = await world.start('owner');
    const { id } = await owner.memory.allocate(KIB, null);
    const [reader, nothing] = [
      await world.start('reader', { write: false }),
      await world.start('nothing', { read: false, write: false }),
    ];
    await owner.memory.share(
      id,
      new Map([
        ['reader', 'write'],
        ['nothing', 'write'],
      ]),
    );
    assert.equal(reader.memory.open(id).writable, false);
    assert.throws(() => nothing.memory.open(id), refused(ErrorCode.NotFound));
    reader.may.read = false;
    await world.shared.recheck();
    assert.throws(() => reader.memory.open(id), refused(ErrorCode.NotFound));
    assert.deepEqual(reader.news, [['memory/revoked', { id }]]);
  });
});

describe('what is taken back', () => {
  test('a revoked plugin sees nothing new through what it has open, and can change nothing', async () => {
    const [owner, writer] = [await world.start('owner'), await world.start('writer')];
    const { id, path } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['writer', 'write']]));
    const kept = openSync(writer.memory.open(id).path, 'r+');
    try {
      write(path, 'before');
      await owner.memory.share(id, new Map());
      const now = owner.memory.open(id);
      assert.deepEqual(owner.news, [['memory/moved', { handle: now }]]);
      assert.deepEqual(writer.news, [['memory/revoked', { id }]]);
      assert.deepEqual(readdirSync(writer.folder('rw')), []);
      write(now.path, 'after!');
      const buffer = Buffer.alloc(6);
      readSync(kept, buffer, 0, 6, 0);
      assert.equal(buffer.toString(), 'before');
      writeSync(kept, 'spoilt', 0);
      assert.equal(textOf(now.path), 'after!');
    } finally {
      closeSync(kept);
    }
  });

  test('the right to write alone: the plugin goes on reading, of another file', async () => {
    const [owner, other] = [await world.start('owner'), await world.start('other')];
    const { id } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['other', 'write']]));
    const writable = other.memory.open(id);
    const kept = openSync(writable.path, 'r+');
    try {
      await owner.memory.share(id, new Map([['other', 'read']]));
      const readable = other.memory.open(id);
      assert.equal(readable.writable, false);
      assert.ok(readable.path.startsWith(other.folder('ro')));
      assert.deepEqual(readdirSync(other.folder('rw')), []);
      writeSync(kept, 'spoilt', 0);
      assert.equal(textOf(readable.path), '');
    } finally {
      closeSync(kept);
    }
  });

  test('what is frozen is in nobody’s writable folder, and old descriptors don’t reach it', async () => {
    const [owner, reader] = [await world.start('owner'), await world.start('reader')];
    const { id, path } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['reader', 'read']]));
    const kept = openSync(path, 'r+');
    try {
      writeSync(kept, 'final', 0);
      const frozen = await owner.memory.freeze(id);
      assert.deepEqual([frozen.writable, frozen.frozen], [false, true]);
      assert.deepEqual(readdirSync(owner.folder('rw')), []);
      writeSync(kept, 'other', 0);
      ftruncateSync(kept, 0);
      assert.equal(textOf(reader.memory.open(id).path), 'final');
      assert.equal(statSync(frozen.path).mode & 0o222, 0);
      await assert.rejects(owner.memory.resize(id, 1), refused(ErrorCode.InvalidRequest));
    } finally {
      closeSync(kept);
    }
  });

  test('what its owner releases, or a plugin that is stopped for good had, is gone for all', async () => {
    const [owner, reader] = [await world.start('owner'), await world.start('reader')];
    const one = await owner.memory.allocate(KIB, null);
    const two = await owner.memory.allocate(KIB, null);
    for (const { id } of [one, two]) await owner.memory.share(id, new Map([['reader', 'read']]));
    const path = reader.memory.open(one.id).path;
    await owner.memory.release(one.id);
    assert.equal(existsSync(path), false);
    assert.deepEqual(reader.news, [['memory/revoked', { id: one.id }]]);
    await owner.memory.end();
    await world.shared.forget('owner');
    assert.deepEqual(reader.memory.list(), []);
    assert.deepEqual(readdirSync(reader.folder('ro')), []);
  });

  test('a plugin that gives its access back has no more than the past either', async () => {
    const [owner, other] = [await world.start('owner'), await world.start('other')];
    const { id, path } = await owner.memory.allocate(KIB, null);
    await owner.memory.share(id, new Map([['other', 'read']]));
    await other.memory.release(id);
    assert.notEqual(owner.memory.open(id).path, path);
    assert.throws(() => other.memory.open(id), refused(ErrorCode.NotFound));
  });
});

describe('another size', () => {
  test('growing keeps the file and adds zeros; everyone is told', async () => {
    const [owner, reader] = [await world.start('owner'), await world.start('reader')];
    const { id, path } = await owner.memory.allocate(4, null);
    await owner.memory.share(id, new Map([['reader', 'read']]));
    write(path, 'abcd');
    const grown = await owner.memory.resize(id, KIB);
    assert.deepEqual([grown.path, grown.size, statSync(path).size], [path, KIB, KIB]);
    assert.deepEqual(reader.news, [['memory/moved', { handle: reader.memory.open(id) }]]);
    assert.equal(textOf(reader.memory.open(id).path), 'abcd');
  });

  test('shrinking takes a new file, so that nothing disappears under a mapping', async () => {
    const owner = await world.start('owner');
    const { id, path } = await owner.memory.allocate(KIB, null);
    const kept = openSync(path, 'r');
    try {
      write(path, 'abcd');
      const shrunk = await owner.memory.resize(id, 2);
      assert.notEqual(shrunk.path, path);
      assert.equal(textOf(shrunk.path), 'ab');
      assert.equal(readSync(kept, Buffer.alloc(KIB), 0, KIB, 0), KIB);
    } finally {
      closeSync(kept);
    }
  });
});

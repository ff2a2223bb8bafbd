import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readManifestText } from '../../../../src/manifest/disk/index.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-workbench-text-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
function read(name: string, bytes: string | Uint8Array) {
  writeFileSync(at(name), bytes);
  return readManifestText(at(name));
}
function refusal(name: string, bytes?: Uint8Array) {
  if (bytes !== undefined) writeFileSync(at(name), bytes);
  const { code, severity, range, file } = readManifestText(at(name))?.finding ?? assert.fail('it was read');
  assert.equal(severity, 'error');
  assert.equal(file, at(name));
  return { code, ...range.start };
}

test('UTF-8 is read as it stands, line ends and characters outside the basic plane included', () => {
  const text = '{\r\n\t"name": "Zoë 😀 \uFFFD"\r\n}';
  assert.deepEqual(read('crlf.json', text), { text });
  assert.deepEqual(read('empty.json', ''), { text: '' });
});

test('a byte order mark is taken off', () => {
  assert.deepEqual(read('bom.json', '\uFEFF{}'), { text: '{}' });
});

test('what is not there is nothing', () => {
  assert.equal(readManifestText(at('missing.json')), undefined);
  writeFileSync(at('file'), '');
  assert.equal(readManifestText(at('file/plugin.json')), undefined);
});

for (const [name, bytes] of Object.entries({
  'little endian with a mark': Buffer.from('\uFEFF{ "a": 1 }', 'utf16le'),
  'little endian': Buffer.from('{ "a": 1 }', 'utf16le'),
  'big endian': Buffer.from('{ "a": 1 }', 'utf16le').swap16(),
  'big endian with a mark': Buffer.from('\uFEFF{ "a": 1 }', 'utf16le').swap16(),
})) {
  test(`UTF-16, ${name}, is named`, () => {
    assert.deepEqual(refusal('wide.json', bytes), { code: 'PW-MANIFEST-ENCODING', line: 0, character: 0 });
    assert.match(readManifestText(at('wide.json'))?.finding?.message ?? '', /UTF-16/);
  });
}

test('a byte that is no UTF-8 is found where it stands, in UTF-16 code units', () => {
  const before = Buffer.from('\uFEFF{\r\n "\uFFFD😀');
  const bytes = Buffer.concat([before, Buffer.from([0xe9]), Buffer.from('" }')]);
  assert.deepEqual(refusal('latin1.json', bytes), { code: 'PW-MANIFEST-ENCODING', line: 1, character: 5 });
  // Cut off within a character.
  assert.deepEqual(refusal('cut.json', Buffer.from('{"😀').subarray(0, 5)), {
    code: 'PW-MANIFEST-ENCODING',
    line: 0,
    character: 2,
  });
});

test('50 MB, or a device without an end, is refused without being read', () => {
  writeFileSync(at('large.json'), '');
  truncateSync(at('large.json'), 50 * 1024 * 1024);
  assert.equal(refusal('large.json').code, 'PW-MANIFEST-SIZE');
  assert.ok(read('largest.json', ' '.repeat(1024 * 1024))?.text !== undefined);
  assert.equal(refusal('larger.json', Buffer.alloc(1024 * 1024 + 1, ' ')).code, 'PW-MANIFEST-SIZE');
});

test('a folder and a circle of links are named', () => {
  mkdirSync(at('plugin.json'));
  assert.equal(refusal('plugin.json').code, 'PW-MANIFEST-UNREADABLE');
  symlinkSync(at('circle.json'), at('circle.json'));
  assert.equal(refusal('circle.json').code, 'PW-MANIFEST-UNREADABLE');
});

test('a pipe nobody writes to and an endless device do not hang', {
  skip: process.platform === 'win32',
}, () => {
  execFileSync('mkfifo', [at('pipe.json')]);
  assert.equal(refusal('pipe.json').code, 'PW-MANIFEST-UNREADABLE');
  symlinkSync('/dev/zero', at('zero.json'));
  assert.equal(refusal('zero.json').code, 'PW-MANIFEST-UNREADABLE');
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readElf } from '../../../../src/host/runtimes/elf.ts';
import { findLoaderNeeds } from '../../../../src/host/runtimes/shared-libraries.ts';
import { elfFile } from './elf-file.ts';

describe('readElf', () => {
  let dir: string;
  before(() => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'elf-')));
  });
  after(() => rmSync(dir, { recursive: true }));

  function write(name: string, content: Buffer | string): string {
    const file = join(dir, name);
    writeFileSync(file, content);
    return file;
  }

  it('reads the loader, the libraries and where they are to be looked for', () => {
    const bytes = elfFile({
      interpreter: '/lib64/ld-linux-x86-64.so.2',
      needed: ['libm.so.6', 'libc.so.6'],
      runpath: '$ORIGIN/lib:/opt/lib',
      rpath: '/ignored',
    });
    assert.deepEqual(readElf(write('full', bytes)), {
      machine: 'x64',
      interpreter: '/lib64/ld-linux-x86-64.so.2',
      needed: ['libm.so.6', 'libc.so.6'],
      searchPath: ['$ORIGIN/lib', '/opt/lib'],
    });
  });

  it('takes the older rpath where there is no runpath', () => {
    assert.deepEqual(readElf(write('rpath', elfFile({ rpath: '/old' })))?.searchPath, ['/old']);
  });

  it('finds nothing in a static program', () => {
    assert.deepEqual(readElf(write('static', elfFile({ dynamic: false }))), {
      machine: 'x64',
      interpreter: undefined,
      needed: [],
      searchPath: [],
    });
  });

  it('says that another file is none, and one that is damaged', () => {
    assert.equal(readElf(write('text', 'x'.repeat(200))), undefined);
    assert.equal(readElf(write('empty', '')), undefined);
    const good = elfFile({ needed: ['libc.so.6'] });
    assert.equal(readElf(write('short', good.subarray(0, 100))), undefined);
    for (const at of [32, 54, 64 + 8, 64 + 56 + 8, 64 + 56 + 32]) {
      const bad = Buffer.from(good);
      bad.fill(0xff, at, at + 8);
      assert.doesNotThrow(() => readElf(write('bad', bad)), `${at}`);
    }
  });

  it('finds for a program of this system what ldd finds', { skip: !existsSync('/usr/bin/ldd') }, () => {
    const program = realpathSync('/usr/bin/perl');
    const elf = readElf(program);
    assert.ok(elf);
    const needs = findLoaderNeeds(program, elf, dir);
    const listed = [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)];
    const real = (files: readonly (string | undefined)[]): string[] =>
      [...new Set(files.map(file => realpathSync(file ?? '')))].sort();
    assert.deepEqual(needs.missing, []);
    assert.deepEqual(
      real(needs.paths.filter(file => file !== '/etc/ld.so.cache')),
      real(listed.map(match => match[1])),
    );
  });

  it('brings nothing in as a library but libraries of the system', () => {
    const secret = write('secret.so', elfFile({ needed: [] }));
    const interpreter = readElf(realpathSync('/usr/bin/perl'))?.interpreter;
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'elf-plugin-')));
    try {
      const asks = {
        interpreter,
        needed: [secret, '../secret.so', 'secret.so', 'passwd', 'libc.so.6'],
        runpath: `${dir}:/etc:$ORIGIN/../${dir.split('/').at(-1)}`,
      };
      const program = join(elsewhere, 'plugin');
      writeFileSync(program, elfFile(asks));
      const elf = readElf(program);
      assert.ok(elf);
      const needs = findLoaderNeeds(program, elf, elsewhere);
      assert.deepEqual([...needs.missing].sort(), [secret, '../secret.so', 'passwd', 'secret.so'].sort());
      assert.ok(
        needs.paths.every(file => /\/lib|^\/etc\/ld\.so\.cache$/.test(file) && !file.includes('secret')),
      );

      const shadow = elfFile({ interpreter: '/etc/passwd', needed: [] });
      writeFileSync(program, shadow);
      const other = readElf(program);
      assert.ok(other);
      assert.deepEqual(findLoaderNeeds(program, other, elsewhere), { paths: [], missing: ['/etc/passwd'] });
      assert.ok(readFileSync('/etc/passwd').length > 0);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('takes a library beside the program without binding it anew', () => {
    const interpreter = readElf(realpathSync('/usr/bin/perl'))?.interpreter;
    write('libown.so', elfFile({ needed: [] }));
    const program = write('plugin', elfFile({ interpreter, needed: ['libown.so'], runpath: '$ORIGIN' }));
    const elf = readElf(program);
    assert.ok(elf);
    assert.deepEqual(findLoaderNeeds(program, elf, dir), { paths: [interpreter], missing: [] });
  });
});

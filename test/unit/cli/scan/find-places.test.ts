import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findPlaces } from '../../../../src/cli/scan/find-places.ts';
import { allLanguages, parseLanguages } from '../../../../src/cli/scan/languages-option.ts';

describe('finding source to scan', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plugin-workbench-places-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const put = async (path: string, text = ''): Promise<string> => {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const find = (paths: readonly string[], all = false, languages = allLanguages) =>
    findPlaces(paths, { all, languages, onUnreadable: folder => assert.fail(folder) });
  const names = async (...args: Parameters<typeof find>): Promise<string[]> =>
    (await find(...args)).places.map(({ file }) => relative(root, file)).sort();

  it('leaves out dependencies, build output and minified files, and counts them', async () => {
    for (const file of [
      'a.js',
      'b/c.py',
      'node_modules/x/index.js',
      'b/node_modules/y/index.js',
      'dist/a.js',
      'env/pyvenv.cfg',
      'env/lib/z.py',
      'environment/e.go',
      'a.min.js',
      'a.d.ts',
      '.git/hook.py',
      'README.md',
    ])
      await put(file);
    assert.deepEqual(await names([root]), ['a.js', 'b/c.py', 'environment/e.go']);
    const { leftOutFolders, leftOutFiles } = await find([root]);
    assert.deepEqual([leftOutFolders, leftOutFiles], [4, 2]);
    assert.equal((await names([root], true)).length, 9);
  });

  it('takes what is named, wherever it stands', async () => {
    const file = await put('vendor/dist/a.min.js');
    await put('vendor/dist/deep/build/b.js');
    await put('vendor/dist/deep/c.js');
    assert.deepEqual(await names([file]), ['vendor/dist/a.min.js']);
    assert.deepEqual(await names([join(root, 'vendor', 'dist')]), ['vendor/dist/deep/c.js']);
    assert.deepEqual(await names([join(root, 'vendor', 'dist'), file]), [
      'vendor/dist/a.min.js',
      'vendor/dist/deep/c.js',
    ]);
    await assert.rejects(find([join(root, 'nowhere')]), { code: 'PW-CLI-PATH' });
  });

  it('finds out the project each file is part of', async () => {
    await put('package.json', '{}');
    await put('a.js');
    await put('sub/deep/b.py');
    await put('crate/Cargo.toml');
    const crate = await put('crate/src/main.rs');
    const { places } = await find([root]);
    assert.deepEqual(
      places.map(({ file, root: project }) => [relative(root, file), relative(root, project)]),
      [
        ['a.js', ''],
        ['crate/src/main.rs', 'crate'],
        ['sub/deep/b.py', ''],
      ],
    );
    assert.equal((await find([crate])).places[0]?.root, join(root, 'crate'));
    // What stands above a folder that was named is not part of it.
    assert.equal((await find([dirname(crate)])).places[0]?.root, dirname(crate));
  });

  it('tells test code by its place below what was named', async () => {
    await put('tests/src/a.js');
    await put('tests/src/b.test.js');
    const isTest = async (path: string): Promise<boolean[]> =>
      (await find([path])).places.map(place => place.isTest);
    assert.deepEqual(await isTest(root), [true, true]);
    assert.deepEqual(await isTest(join(root, 'tests', 'src')), [false, true]);
  });

  it('reads the first line of a program without an ending', async () => {
    const python = await put('tool', '#!/usr/bin/env python3\n');
    const node = await put('other', '#!/usr/bin/node\n');
    const text = await put('LICENSE', 'python\n');
    const { places, unknown } = await find([python, node, text]);
    assert.deepEqual(
      places.map(({ language }) => language),
      ['python', 'javascript'],
    );
    assert.deepEqual(unknown, [text]);
  });

  it('follows no link', async () => {
    await put('a/a.js');
    await symlink(root, join(root, 'a', 'loop'));
    await symlink(join(root, 'a', 'a.js'), join(root, 'a', 'b.js'));
    assert.deepEqual(await names([root]), ['a/a.js']);
  });

  it('looks for the languages that are asked for', async () => {
    for (const file of ['a.js', 'b.ts', 'c.tsx', 'd.py', 'e.go', 'f.rs']) await put(file);
    assert.deepEqual(await names([root], false, parseLanguages('ts, rs')), ['b.ts', 'c.tsx', 'f.rs']);
    assert.throws(() => parseLanguages('ts,constructor'), { code: 'commander.invalidArgument' });
  });
});

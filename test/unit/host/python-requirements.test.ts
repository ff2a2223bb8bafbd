import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { WorkbenchError } from '../../../src/base/index.ts';
import { readRequirements } from '../../../src/host/runtimes/python-requirements.ts';

let dir = '';
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'requirements-'));
});
after(() => rm(dir, { recursive: true }));

const read = async (text: string) => {
  await writeFile(path.join(dir, 'requirements.txt'), text);
  return readRequirements(dir);
};

test('packages by name, version, extras and markers are read with their lines', async () => {
  const found = await read(
    [
      '# what it needs',
      '',
      'requests>=2.31,<3  # http',
      'numpy == 2.1.* ; python_version >= "3.10"',
      'uvicorn[standard]~=0.30',
      'zope.interface',
      'pinned==1.0 \\',
      '    --hash=sha256:abc \\',
      '    --hash=sha256:def',
      'last',
    ].join('\r\n'),
  );
  assert.deepEqual(
    found?.packages.map(({ name, line }) => `${name} ${line}`),
    ['requests 3', 'numpy 4', 'uvicorn 5', 'zope.interface 6', 'pinned 7', 'last 10'],
  );
});

test('without a file, and with comments only, nothing is required', async () => {
  assert.equal(await readRequirements(path.join(dir, 'nowhere')), undefined);
  assert.equal(await read('\n# nothing yet\n  \n'), undefined);
});

for (const line of [
  '-e .',
  '--index-url https://packages.example/simple',
  '--no-binary :all:',
  '-r other.txt',
  './wheels/own.whl',
  '../outside',
  '/etc/passwd',
  'git+https://git.example/repository.git',
  'https://packages.example/own.whl',
  'own @ file:///tmp/own',
  'own@https://packages.example/own.zip',
  'name --config-settings=x',
  'name==1 --global-option=x',
]) {
  test(`"${line}" is refused at its line`, async () => {
    await assert.rejects(read(`idna\n${line}\n`), (error: WorkbenchError) => {
      assert.equal(error.code, 'PW-REQUIREMENTS');
      assert.ok(error.message.includes(line));
      assert.deepEqual(error.details?.['location'], {
        file: path.join(dir, 'requirements.txt'),
        line: 2,
        column: 1,
      });
      assert.match(error.nextStep ?? '', /virtual environment/);
      return true;
    });
  });
}

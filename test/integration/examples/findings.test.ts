import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { ensureBuilt } from '../../../scripts/build.mjs';
import { examplesDir } from './examples.ts';

const cli = path.resolve(examplesDir, '../dist/cli.js');

before(() => ensureBuilt());

for (const command of ['validate', 'scan']) {
  test(`${command} finds nothing in the examples`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      cli,
      command,
      examplesDir,
      '--format',
      'json',
    ]);
    const { findings, files } = JSON.parse(stdout);
    assert.deepEqual(findings, []);
    assert.ok(files > 0, 'files were checked');
  });
}

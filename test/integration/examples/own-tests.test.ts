import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { goIsMissing } from '../go/toolchain.ts';
import { rustIsMissing } from '../rust/toolchain.ts';
import { examplesDir, pythonIsMissing } from './examples.ts';

const run = promisify(execFile);

/** How each example's tests are run by whoever writes plugins in its language: without the workbench. */
const suites: [folder: string, command: string, args: string[], skip: string | false][] = [
  ['text-processor', 'python3', ['-m', 'unittest'], pythonIsMissing],
  ['ui-extension', process.execPath, ['--test'], false],
  ['analytics/analyse', 'python3', ['-m', 'unittest'], pythonIsMissing],
  ['analytics/transform', 'go', ['test', './series'], goIsMissing],
  [
    'analytics/compute',
    'cargo',
    ['test', '--offline', '--manifest-path', 'signal/Cargo.toml'],
    rustIsMissing,
  ],
  ['analytics/present', process.execPath, ['--test'], false],
];

describe('the examples’ own tests', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'examples-tests-'));
    await cp(examplesDir, dir, {
      recursive: true,
      filter: file => !['node_modules', 'target'].includes(path.basename(file)),
    });
  });
  after(() => rm(dir, { recursive: true }));

  for (const [folder, command, args, skip] of suites) {
    test(`of ${folder}`, { skip }, async () => {
      // A runner that tests run in would take the inner one for a part of itself.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { stdout, stderr } = await run(command, args, { cwd: path.join(dir, folder), env });
      // Each runner is content with finding no test at all.
      if (!/Ran [1-9]|(?:pass|tests) [1-9]|^ok\s|[1-9]\d* passed/m.test(stdout + stderr)) {
        throw new Error(`No test was run in ${folder}:\n${stdout}${stderr}`);
      }
    });
  }
});

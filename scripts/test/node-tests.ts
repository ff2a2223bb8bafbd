import { glob } from 'node:fs/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { root } from '../bare/root.mjs';

/** What came of a stage with tests. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** How the tests of one tier are run. */
export interface NodeTestOptions {
  /** Relative to the root. */
  readonly pattern: string;
  /** How many files at once. */
  readonly concurrency: number;
  /** Prints the tests only when one failed. Default: false. */
  readonly quiet?: boolean;
}

async function filesOf(pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  return files.sort();
}

/**
 * Runs test files, each in a process of its own, and prints what happens. A tier without a test has failed. So has,
 * in CI, a file that skipped everything: what a platform can't test must not look as if it had been.
 */
export async function runNodeTests(options: NodeTestOptions): Promise<TestCounts> {
  const silentFiles: string[] = [];
  let counts = { passed: 0, failed: 0 };
  const stream = run({ files: await filesOf(options.pattern), cwd: root, concurrency: options.concurrency });
  stream.on('test:summary', ({ file, counts: { passed, skipped, tests, todo } }) => {
    if (file === undefined) counts = { passed, failed: tests - passed - skipped - todo };
    else if (passed === 0 && skipped > 0) silentFiles.push(file);
  });
  let held = '';
  for await (const text of stream.compose(spec)) {
    if (options.quiet === true) held += String(text);
    else process.stdout.write(String(text));
  }
  for (const file of silentFiles) console.error(`Everything in ${file} was skipped.`);
  const empty = counts.passed + counts.failed === 0;
  if (empty) console.error(`No test ran in ${options.pattern}.`);
  const failed = counts.failed + (empty ? 1 : 0) + (process.env['CI'] === undefined ? 0 : silentFiles.length);
  if (failed > 0) process.stdout.write(held);
  return { passed: counts.passed, failed };
}

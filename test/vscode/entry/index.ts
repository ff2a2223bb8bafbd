/**
 * Runs the suites inside the extension host: VS Code calls {@link run} and takes its rejection for a failure.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'mocha';
import { grepVariable, report, type TestEvent } from '../driver.ts';

const testTimeoutMs = 120_000;

const titleOf = (test: Test): string => test.titlePath().join(' › ');
const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Resolves when every test has passed, and at least one ran. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: testTimeoutMs, reporter: class {} as never });
  const grep = process.env[grepVariable];
  if (grep !== undefined) mocha.grep(grep);
  const files = readdirSync(__dirname).filter(name => name.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));

  let told = Promise.resolve<unknown>(undefined);
  const tell = (event: TestEvent): void => {
    told = told.then(() => report(event));
  };
  const failures = await new Promise<number>((resolve, reject) => {
    try {
      const runner = mocha.run(resolve);
      tell({ kind: 'begin', total: runner.total });
      runner.on('pass', test => tell({ kind: 'pass', title: titleOf(test), ms: test.duration ?? 0 }));
      runner.on('pending', test => tell({ kind: 'skip', title: titleOf(test) }));
      runner.on('fail', (test, error) =>
        tell({ kind: 'fail', title: titleOf(test), error: describeError(error) }),
      );
      runner.on('end', () => {
        if (grep === undefined && (runner.stats?.tests ?? 0) === 0) reject(new Error('No test ran.'));
      });
    } catch (error) {
      reject(error);
    }
  });
  tell({ kind: 'end' });
  await told;
  if (failures > 0) throw new Error(`${failures} failed`);
}

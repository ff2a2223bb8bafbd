import { runCommand } from '../bare/run-command.mjs';
import { runNodeTests, type TestCounts } from '../test/node-tests.ts';
import { type CheckStep, checkSteps } from './steps.ts';

const secondsSince = (started: number): string => ((performance.now() - started) / 1000).toFixed(1);

const tell = (good: boolean, name: string, started: number, more = ''): void =>
  console.log(`${good ? '✔' : '✖'} ${name.padEnd(18)} ${secondsSince(started).padStart(6)} s${more}`);

async function passes(step: CheckStep): Promise<boolean> {
  const started = performance.now();
  const { code, output } = await runCommand(process.execPath, step.command, { quiet: true });
  tell(code === 0, step.name, started);
  if (code === 0) return true;
  console.log(output.trimEnd());
  if (step.remedy !== undefined) console.log(step.remedy);
  return false;
}

/**
 * Runs every fast check, those after a failure too, one line each; what failed prints why.
 *
 * @returns the unit tests that passed and failed; a failed step counts as one failure
 */
export async function runChecks(): Promise<TestCounts> {
  const failures: string[] = [];
  for (const step of checkSteps) if (!(await passes(step))) failures.push(step.name);
  const started = performance.now();
  const tests = await runNodeTests({ pattern: 'test/unit/**/*.test.ts', concurrency: 2, quiet: true });
  tell(tests.failed === 0, 'unit tests', started, `   ${tests.passed} passed, ${tests.failed} failed`);
  if (tests.failed > 0) failures.push('unit tests');
  if (failures.length > 0) console.log(`check: failed: ${failures.join(', ')}`);
  const failedSteps = failures.filter(name => name !== 'unit tests').length;
  return { passed: tests.passed, failed: tests.failed + failedSteps };
}

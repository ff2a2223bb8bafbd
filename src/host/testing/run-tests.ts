import { setTimeout as delay } from 'node:timers/promises';
import { WorkbenchError } from '../../base/index.ts';
import type { Problem } from '../../protocol/editor/index.ts';
import {
  type LimitBreach,
  type MonitorLimits,
  type Sandbox,
  type SandboxPolicy,
  watchProcess,
} from '../../sandbox/index.ts';
import { explainEnd } from '../process/exit-diagnosis.ts';
import { createLineSplitter } from '../process/log-lines.ts';
import { createOutput } from '../process/output.ts';

/** How long a run may take, in milliseconds. */
const DEADLINE_MS = 10 * 60_000;

/** How long the last lines of an ended runner may take to arrive, in milliseconds. */
const STREAMS_MS = 1000;

/** What a run is made of, and who hears of it. */
export interface TestRun {
  readonly sandbox: Sandbox;
  readonly policy: SandboxPolicy;
  readonly limits: MonitorLimits;
  /** A line of what the runner tells on file descriptor 3. */
  onLine(line: string): void;
  /** A line of what tests and runner write. */
  onOutput(line: string): void;
  /** True when the runner has said all it had to say. */
  isComplete(): boolean;
}

/**
 * Runs a test runner in the sandbox to its end.
 *
 * @returns why it did not come to its end; `undefined` when it did, whatever came of the tests
 * @throws WorkbenchError `PW-SANDBOX-START`; `PW-TESTS-STOPPED` when the signal is aborted
 */
export async function runTests(run: TestRun, signal?: AbortSignal): Promise<Problem | undefined> {
  const late = AbortSignal.timeout(DEADLINE_MS);
  const abort = signal ? AbortSignal.any([signal, late]) : late;
  const stopped = (): WorkbenchError => new WorkbenchError('PW-TESTS-STOPPED', 'The tests were stopped.');
  if (signal?.aborted) throw stopped();
  const child = await run.sandbox.launch(run.policy, abort).catch((error: unknown) => {
    throw signal?.aborted ? stopped() : error;
  });
  let breach: LimitBreach | undefined;
  const monitor = watchProcess(child.pid, run.limits, found => {
    if (found.action !== 'killed') return;
    breach ??= found;
    child.kill();
  });
  const kill = (): void => child.kill();
  abort.addEventListener('abort', kill, { once: true });
  if (abort.aborted) kill();
  const output = createOutput(child.stdout, child.stderr, (_source, _level, line) => run.onOutput(line));
  const lines = createLineSplitter(run.onLine);
  child.wire.on('data', (chunk: Uint8Array) => lines.push(chunk)).on('error', () => {});
  const told = new Promise<void>(resolve => child.wire.once('close', resolve));
  try {
    const { outOfMemory, ...exit } = await child.exited;
    await Promise.race([Promise.all([output.finished, told]), delay(STREAMS_MS, undefined, { ref: false })]);
    lines.end();
    if (signal?.aborted) throw stopped();
    if (late.aborted) {
      return {
        code: 'PW-TESTS-SLOW',
        message: `The tests took more than ${DEADLINE_MS / 60_000} minutes and were ended.`,
        nextStep: 'Look for a test that never ends.',
      };
    }
    const { memoryBytes } = run.limits;
    if (outOfMemory) {
      breach ??= { resource: 'memory', used: memoryBytes, limit: memoryBytes, action: 'killed' };
    }
    if (run.isComplete() && breach === undefined) return undefined;
    const lastErrors = output.lastErrors();
    const end = { ...exit, intended: false, breach, violation: undefined, lastErrors };
    const { message, ...problem } = explainEnd(end, () => undefined);
    return { ...problem, message: message.replaceAll('The plugin', 'The test run') };
  } finally {
    abort.removeEventListener('abort', kill);
    monitor.dispose();
    child.wire.destroy();
    child.dispose();
  }
}

import { WorkbenchError } from '../../base/index.ts';
import type { HostEvent, TestPluginParams, TestReport } from '../../protocol/editor/index.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { type PluginSource, readPluginSource } from '../plugin/plugin-source.ts';
import { resolveGrants } from '../process/grants.ts';
import { effectiveLimits, watchedLimits } from '../process/limits.ts';
import { pluginPolicy } from '../process/policy.ts';
import { readSeccompProfile } from '../process/seccomp-profile.ts';
import type { Runtimes } from '../runtimes/index.ts';
import type { Starter } from '../starter.ts';
import { runTests } from './run-tests.ts';
import { createTestLines } from './test-lines.ts';

/** What tests are run with. */
export interface PluginTestsPorts {
  readonly runtimes: Runtimes;
  readonly starter: Pick<Starter, 'grantsOf'>;
  findSandbox(source: PluginSource): Promise<Sandbox>;
  fire(event: HostEvent): void;
}

/** Runs the tests of plugins. */
export interface PluginTests {
  /**
   * @throws WorkbenchError `PW-TESTS-RUNTIME` (there is no runner for its runtime), `PW-TESTS-STOPPED`, and what keeps a
   * plugin from starting
   */
  test(params: TestPluginParams, signal?: AbortSignal): Promise<TestReport>;
}

/** Characters of output that a report has at most; what was written last tells most. */
const MOST_OUTPUT = 256 * 1024;

/**
 * Makes the runner of a host. Tests are code of the plugin: they run in a sandbox like its own, with the same folder and
 * limits, the files that were approved, and no network; nothing of the host's services is there.
 */
export function createPluginTests({ runtimes, starter, findSandbox, fire }: PluginTestsPorts): PluginTests {
  return {
    test: async ({ dir: folder, filter, tenant }, signal) => {
      const source = await readPluginSource(folder);
      const { manifest, dir } = source;
      const about = { type: 'test', pluginId: manifest.id, dir } as const;
      const limits = effectiveLimits(manifest);
      const [sandbox, tightening, grants] = await Promise.all([
        findSandbox(source),
        readSeccompProfile(dir),
        starter.grantsOf(source, tenant),
      ]);
      const files = await resolveGrants(grants.effective(), dir).finally(() => grants.dispose());
      const runtime = await runtimes.prepare(
        {
          source,
          limits,
          confined: sandbox.level !== 'unconfined',
          mounts: sandbox.mounts,
          onLog: (_source, _level, output) => fire({ ...about, output }),
        },
        signal ?? new AbortController().signal,
      );
      const runner = runtime.tests;
      if (!runner) {
        throw new WorkbenchError(
          'PW-TESTS-RUNTIME',
          `The tests of ${manifest.name} can’t be run here: that can be done for Node.js and Python.`,
          { nextStep: 'Run them with the tools of its language.' },
        );
      }
      const lines = createTestLines(dir, test => fire({ ...about, test }));
      let output = '';
      const problem = await runTests(
        {
          sandbox,
          policy: {
            ...pluginPolicy({
              source,
              runtime,
              grants: files,
              limits,
              refusedCalls: tightening?.refusedCalls ?? [],
              memory: { mounts: [], readOnly: [], readWrite: [] },
            }),
            command: runner.command(filter),
          },
          limits: watchedLimits(limits, files.readWrite, sandbox.holds),
          onLine: line => lines.take(line),
          onOutput: line => {
            output = `${output}${line}\n`.slice(-MOST_OUTPUT);
            fire({ ...about, output: line });
          },
          isComplete: () => lines.isComplete,
        },
        signal,
      );
      const tests = [...lines.outcomes()];
      const count = (outcome: string): number => tests.filter(test => test.outcome === outcome).length;
      return {
        pluginId: manifest.id,
        dir,
        runner: lines.runner ?? runner.name,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        tests,
        output,
        ...(problem ? { problem } : {}),
        ...(tests.length === 0 && !problem && filter === undefined ? { advice: runner.advice } : {}),
      };
    },
  };
}

import type { TestCounts } from './node-tests.ts';
import { type Stage, stages, type Tier } from './stages.ts';

async function runStage(stage: Stage): Promise<TestCounts> {
  console.log(`\n━━ ${stage.title}`);
  try {
    return await stage.run();
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    return { passed: 0, failed: 1 };
  }
}

/**
 * Runs the stages of some tiers, those after a failure too, and prints a summary; its last line is
 * `N passed, N failed`.
 *
 * @param only the tiers to run; undefined: all
 * @returns whether everything passed
 */
export async function runStages(only: readonly Tier[] | undefined): Promise<boolean> {
  const wanted = stages.filter(({ tier }) => tier === undefined || only === undefined || only.includes(tier));
  const summary: string[] = [];
  const total = { passed: 0, failed: 0 };
  for (const stage of wanted) {
    const started = performance.now();
    const { passed, failed } = await runStage(stage);
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    summary.push(
      `${failed === 0 ? '✔' : '✖'} ${stage.title.padEnd(36)} ${String(passed).padStart(5)} passed` +
        ` ${String(failed).padStart(4)} failed ${seconds.padStart(5)} s`,
    );
    if (stage.essential === true && failed > 0) break;
  }
  console.log(`\n━━ Summary\n${summary.join('\n')}\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

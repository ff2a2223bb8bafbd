import type { CrashReport, HostEvent, Problem } from '../../protocol/editor/index.ts';
import type { InstanceEnd } from '../process/port.ts';
import { type CrashReports, causeOf, newReportId } from './crash-reports.ts';
import type { FlightRecorder } from './flight-recorder.ts';
import { createRestartPolicy, type RestartRules, type RestartVerdict } from './restart-policy.ts';

/** A crash as the plugin sees it. */
export interface Crash {
  readonly end: InstanceEnd;
  readonly problem: Problem;
  readonly about: Pick<CrashReport, 'pluginId' | 'version' | 'runtime' | 'generation'>;
}

/** Decides what follows a crash, and writes down what is known about it. */
export interface Recovery {
  readonly restarts: number;
  /** A process that served ended by itself. */
  crashed(crash: Crash): RestartVerdict;
  /** Bringing it up again failed: that counts as a crash, without a report of its own. */
  failedAgain(): RestartVerdict;
  /** Someone started it on purpose. */
  reset(): void;
}

/** What {@link createRecovery} needs. */
export interface RecoveryPorts {
  readonly recorder: FlightRecorder;
  readonly reports: CrashReports;
  /** `undefined`: a plugin that crashed is left as it is. */
  readonly rules: RestartRules | undefined;
  fire(event: HostEvent): void;
}

/** Makes the recovery of one plugin. */
export function createRecovery({ recorder, reports, rules, fire }: RecoveryPorts): Recovery {
  const policy = createRestartPolicy(rules);
  let restarts = 0;
  const judge = (): RestartVerdict => {
    const verdict = policy.crashed(performance.now());
    if (verdict.kind === 'restart') restarts++;
    return verdict;
  };
  return {
    get restarts() {
      return restarts;
    },
    crashed: ({ end, problem, about }) => {
      const outcome = judge();
      const report: CrashReport = {
        id: newReportId(),
        ...about,
        timestamp: Date.now(),
        cause: causeOf(end, problem),
        exit: { code: end.code, signal: end.signal },
        problem,
        ...recorder.record(),
        outcome,
      };
      void reports.add(report);
      fire({ type: 'crash', report });
      return outcome;
    },
    failedAgain: judge,
    reset: () => {
      restarts = 0;
      policy.reset();
    },
  };
}

/** The problem of a plugin that is left alone after too many crashes. */
export function gaveUp(problem: Problem, verdict: RestartVerdict): Problem {
  if (verdict.kind !== 'gaveUp') return problem;
  const minutes = Math.round(verdict.withinMs / 60_000);
  const often = `It ended ${verdict.crashes} times within ${minutes} minutes and is not started again.`;
  return { ...problem, nextStep: [often, problem.nextStep ?? 'Mend it, then start it again.'].join(' ') };
}

import { toDisposable } from '../../base/index.ts';
import type { LimitBreach, MonitorLimits, ProcessMonitor } from '../port.ts';
import { createLimitJudge, defaultThresholds, type MonitorThresholds } from './limit-judge.ts';
import { openProcessTree } from './process-tree.ts';

/** How often the monitor looks. */
export interface MonitorPace {
  readonly pollMs: number;
  /** How often new descendants are looked for; between two looks they use memory uncounted. */
  readonly treeMs: number;
}

const defaultPace: MonitorPace = { pollMs: 25, treeMs: 250 };

/** The monitor may take this share of a core at most; a plugin of many processes is looked at less often. */
const mostOwnShare = 0.05;

/**
 * Watches a process and its descendants, and kills them with SIGKILL when a limit is broken.
 *
 * The limits are soft: between two looks a process can go over by what it allocates in that time, tens of MiB. The
 * watch ends by itself when the process does, and does not keep this process alive.
 *
 * @param onBreach is called before the kill for a warning, after it for a kill.
 * @param tuning replaces thresholds and pace, for tests.
 */
export function watchProcess(
  pid: number,
  limits: MonitorLimits,
  onBreach: (breach: LimitBreach) => void,
  tuning: Partial<MonitorThresholds & MonitorPace> = {},
): ProcessMonitor {
  const pace = { ...defaultPace, ...tuning };
  const judge = createLimitJudge(limits, { ...defaultThresholds, ...tuning });
  const tree = openProcessTree(pid);
  let lastRefresh = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const closing = toDisposable(() => {
    clearTimeout(timer);
    tree.dispose();
  });

  function look(): void {
    const begun = performance.now();
    if (begun - lastRefresh >= pace.treeMs) {
      lastRefresh = begun;
      tree.refresh();
    }
    const sample = tree.sample();
    if (sample === undefined) {
      closing.dispose();
      return;
    }
    const breaches = judge.take(sample, begun);
    const fatal = breaches.find(({ action }) => action === 'killed');
    if (fatal === undefined) {
      wait(Math.max(pace.pollMs, (performance.now() - begun) / mostOwnShare));
      for (const breach of breaches) onBreach(breach);
      return;
    }
    tree.kill();
    closing.dispose();
    onBreach(fatal);
  }

  function wait(ms: number): void {
    timer = setTimeout(look, ms);
    timer.unref();
  }

  wait(0);
  return {
    read: () => {
      tree.refresh();
      return tree.readout();
    },
    dispose: () => closing.dispose(),
  };
}

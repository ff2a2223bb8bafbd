import { toDisposable } from '../../base/index.ts';
import type { LimitBreach, MonitorLimits, ProcessMonitor } from '../port.ts';
import { measureFolders } from './disk-use.ts';
import { createLimitJudge, defaultThresholds, type MonitorThresholds } from './limit-judge.ts';
import { openProcessTree } from './process-tree.ts';
import { createSlowJudge } from './slow-judge.ts';

/** How often the monitor looks. */
export interface MonitorPace {
  readonly pollMs: number;
  /** How often new descendants are looked for; between two looks they use memory uncounted. */
  readonly treeMs: number;
  /** How often handles, processes, connections and disk are looked at. */
  readonly slowMs: number;
}

const defaultPace: MonitorPace = { pollMs: 25, treeMs: 250, slowMs: 1000 };

/** Where the kernel holds both limits, looks serve the warnings alone. */
const heldPollMs = 200;

/** The monitor may take this share of a core at most; a plugin of many processes is looked at less often. */
const mostOwnShare = 0.05;

/**
 * Watches a process and its descendants, and kills them with SIGKILL when a limit is broken.
 *
 * The limits on memory and processor time are soft where the kernel does not hold them: between two looks a process can go over by what it allocates in that time, tens of MiB. The
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
  const held = limits.memoryIsHeld === true && limits.cpuIsHeld === true;
  const pace = { ...defaultPace, ...(held ? { pollMs: heldPollMs } : {}), ...tuning };
  const judge = createLimitJudge(limits, { ...defaultThresholds, ...tuning });
  const tree = openProcessTree(pid);
  const judgeSlowly = createSlowJudge(limits);
  const folders = limits.disk?.folders ?? [];
  const diskBefore = measureFolders(folders);
  let lastRefresh = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let slowTimer: NodeJS.Timeout | undefined;
  let ended = false;
  const closing = toDisposable(() => {
    ended = true;
    clearTimeout(timer);
    clearTimeout(slowTimer);
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
    end(fatal);
  }

  function end(fatal: LimitBreach): void {
    tree.kill();
    closing.dispose();
    onBreach(fatal);
  }

  async function lookSlowly(): Promise<void> {
    const grown = folders.length > 0 ? (await measureFolders(folders)) - (await diskBefore) : 0;
    if (ended) return;
    for (const breach of judgeSlowly({ counts: tree.counts(), diskBytes: grown })) {
      if (breach.action === 'killed') return end(breach);
      onBreach(breach);
    }
    waitSlowly();
  }

  function waitSlowly(): void {
    slowTimer = setTimeout(() => void lookSlowly(), pace.slowMs).unref();
  }

  function wait(ms: number): void {
    timer = setTimeout(look, ms);
    timer.unref();
  }

  wait(0);
  waitSlowly();
  return {
    read: () => {
      tree.refresh();
      return tree.readout();
    },
    dispose: () => closing.dispose(),
  };
}

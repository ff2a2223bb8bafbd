import { toDisposable } from '../../base/index.ts';
import type { LimitBreach, MonitorLimits, ProcessMonitor } from '../port.ts';
import { measureFolders } from './disk-use.ts';
import { createLimitJudge, defaultThresholds, type MonitorThresholds } from './limit-judge.ts';
import { openProcessTree } from './process-tree.ts';
import { createSlowJudge } from './slow-judge.ts';

/** How often the monitor looks. */
export interface MonitorPace {
  /** For what limits the memory, which grows quickest. */
  readonly pollMs: number;
  /** How often new descendants are looked for; between two looks they use memory uncounted. */
  readonly treeMs: number;
  /** How often handles, processes, connections and disk are looked at. */
  readonly slowMs: number;
}

const defaultPace: MonitorPace = { pollMs: 25, treeMs: 250, slowMs: 1000 };

/** Where the kernel holds both limits of a process and its descendants, nothing can run far over between two looks. */
const heldPace: Partial<MonitorPace> = { pollMs: 30, treeMs: 1000 };

/** The monitor may take this share of a core at most; a plugin of many processes is looked at less often. */
const mostOwnShare = 0.05;

/**
 * Watches a process and its descendants, and kills them with SIGKILL when a limit is broken.
 *
 * The limits on memory and processor time are soft where the kernel does not hold them: between two
 * looks a process can go over by what it allocates in that time, tens of MiB. The watch ends by itself when the process does, and does not keep this process alive.
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
  const pace = { ...defaultPace, ...(held ? heldPace : {}), ...tuning };
  const thresholds = { ...defaultThresholds, ...tuning };
  const judge = createLimitJudge(limits, thresholds);
  // Far below the limit on memory, the processor's windows say how often a whole sample is needed.
  const sampleMs = thresholds.cpuWarningMs / 4;
  const tree = openProcessTree(pid);
  const judgeSlowly = createSlowJudge(limits);
  const folders = limits.disk?.folders ?? [];
  const diskBefore = measureFolders(folders);
  let lastRefresh = Number.NEGATIVE_INFINITY;
  let lastSample = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let slowTimer: NodeJS.Timeout | undefined;
  let ended = false;
  const closing = toDisposable(() => {
    ended = true;
    clearTimeout(timer);
    clearTimeout(slowTimer);
    tree.dispose();
  });

  function refresh(now: number): void {
    if (now - lastRefresh < pace.treeMs) return;
    lastRefresh = now;
    tree.refresh();
  }

  function look(): void {
    const begun = performance.now();
    refresh(begun);
    if (begun - lastSample < sampleMs && isFarBelow()) {
      wait(begun);
      return;
    }
    lastSample = begun;
    const sample = tree.sample();
    if (sample === undefined) {
      closing.dispose();
      return;
    }
    const breaches = judge.take(sample, begun);
    const fatal = breaches.find(({ action }) => action === 'killed');
    if (fatal === undefined) {
      wait(begun);
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

  /** All that is in memory is less than the least that would be told. */
  function isFarBelow(): boolean {
    const resident = tree.resident();
    return resident !== undefined && resident < limits.memoryBytes * thresholds.memoryAlertShare;
  }

  /** Plans the next look, on a beat that all monitors share: waking up costs more than looking. */
  function wait(begun: number): void {
    const now = performance.now();
    const least = Math.max(pace.pollMs, (now - begun) / mostOwnShare);
    const beat = Math.floor((now + least) / pace.pollMs) * pace.pollMs;
    timer = setTimeout(look, Math.ceil(beat - now)).unref();
  }

  timer = setTimeout(look).unref();
  waitSlowly();
  return {
    read: () => {
      refresh(performance.now());
      return tree.readout();
    },
    dispose: () => closing.dispose(),
  };
}

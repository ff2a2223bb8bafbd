import { messageOf } from '../../base/index.ts';
import { isProgram } from '../runtimes/executable-runtime.ts';
import type { ReadyProcess } from './generation.ts';
import { isSameLaunch, type LaunchPlan } from './launch-plan.ts';
import type { PluginSource } from './plugin-source.ts';

/**
 * A process of a plugin that waits, started and without the plugin's code, for the next reload. It is handed out once,
 * and never where it would differ from one that is started then.
 */
export interface Standby {
  /** The process, once it is ready. */
  readonly process: ReadyProcess | undefined;
  /** Soon starts one by this plan, unless one is there. */
  prepare(plan: LaunchPlan): void;
  /** Gives the process, and waits for one that is on its way; `undefined` when there is none that fits the plan. */
  take(plan: LaunchPlan): Promise<ReadyProcess | undefined>;
  /** Ends the process and waits until it is gone. */
  discard(): Promise<void>;
}

/** What a {@link Standby} is made from. */
export interface StandbyOptions {
  /** How long it leaves the machine to what has just started, in milliseconds. */
  readonly delayMs: number;
  start(plan: LaunchPlan, signal: AbortSignal): Promise<ReadyProcess>;
  readonly budget: StandbyBudget;
  /** Hears why there is none. */
  note(message: string): void;
}

/** Bounds how many processes stand by in a host. */
export interface StandbyBudget {
  /** Counts one in; the one that was counted in first is discarded where they are too many. */
  enter(standby: Pick<Standby, 'discard'>): void;
  leave(standby: Pick<Standby, 'discard'>): void;
}

interface Candidate {
  readonly plan: LaunchPlan;
  readonly stopping: AbortController;
  /** `undefined` when it did not start or was stopped. */
  readonly started: Promise<ReadyProcess | undefined>;
  process: ReadyProcess | undefined;
}

/** True for plugins whose start is for the most part that of an interpreter. */
export function canStandBy({ manifest, entry }: PluginSource): boolean {
  return (manifest.runtime === 'node' || manifest.runtime === 'python') && !isProgram(entry);
}

/** Makes a standby without a process. */
export function createStandby({ delayMs, start, budget, note }: StandbyOptions): Standby {
  let candidate: Candidate | undefined;
  let timer: NodeJS.Timeout | undefined;
  const leaving = new Set<Promise<void>>();

  function drop(candidate: Candidate | undefined): void {
    if (!candidate) return;
    candidate.stopping.abort();
    const gone: Promise<void> = candidate.started
      .then(process => process && end(process))
      .then(() => void leaving.delete(gone));
    leaving.add(gone);
  }

  function begin(plan: LaunchPlan): void {
    const stopping = new AbortController();
    const mine: Candidate = { plan, stopping, started: bringUp(plan, stopping.signal), process: undefined };
    candidate = mine;
    budget.enter(standby);
    void mine.started.then(process => {
      if (candidate !== mine) return;
      if (!process) {
        forget();
        return;
      }
      mine.process = process;
      void process.instance.closed.then(() => {
        if (candidate !== mine) return;
        note('The process that stood by for the next reload has ended.');
        forget();
      });
    });
  }

  async function bringUp(plan: LaunchPlan, signal: AbortSignal): Promise<ReadyProcess | undefined> {
    try {
      const process = await start(plan, signal);
      if (!signal.aborted) return process;
      await end(process);
    } catch (error) {
      if (!signal.aborted) note(`No process stands by for the next reload: ${messageOf(error)}`);
    }
    return undefined;
  }

  function forget(): Candidate | undefined {
    clearTimeout(timer);
    const before = candidate;
    candidate = undefined;
    budget.leave(standby);
    return before;
  }

  const standby: Standby = {
    get process() {
      return candidate?.process;
    },
    prepare: plan => {
      if (candidate && isSameLaunch(candidate.plan, plan)) return;
      void standby.discard();
      timer = setTimeout(() => begin(plan), delayMs).unref();
    },
    take: async plan => {
      const taken = forget();
      if (!taken) return undefined;
      if (isSameLaunch(taken.plan, plan)) {
        const process = await taken.started;
        if (!process || !(await process.isStale().catch(() => true))) return process;
      }
      drop(taken);
      return undefined;
    },
    discard: async () => {
      drop(forget());
      await Promise.all(leaving);
    },
  };
  return standby;
}

async function end({ instance }: ReadyProcess): Promise<void> {
  instance.dispose();
  await instance.ended;
}

/** Makes the budget of a host. */
export function createStandbyBudget(most: number): StandbyBudget {
  const standbys = new Set<Pick<Standby, 'discard'>>();
  return {
    enter: standby => {
      standbys.delete(standby);
      standbys.add(standby);
      const [oldest] = standbys;
      if (standbys.size > most && oldest) void oldest.discard();
    },
    leave: standby => void standbys.delete(standby),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../base/index.ts';
import type { PluginState, PluginStatus, Problem } from '../../protocol/editor/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { createCrashReports } from '../health/crash-reports.ts';
import { createFlightRecorder } from '../health/flight-recorder.ts';
import { createRecovery, gaveUp } from '../health/recovery.ts';
import type { RestartVerdict } from '../health/restart-policy.ts';
import { explainEnd } from '../process/exit-diagnosis.ts';
import type { InstanceEnd } from '../process/port.ts';
import { activate, launch, limitPlace, PluginFailure } from './bring-up.ts';
import { createCallMeter } from './call-meter.ts';
import { createCalls } from './calls.ts';
import { type Generation, type GenerationPorts, startProcess } from './generation.ts';
import { createLifecycle } from './lifecycle.ts';
import type { PluginSource } from './plugin-source.ts';
import { captureState, describePlugin } from './plugin-status.ts';
import { type PluginPorts, wireGenerations } from './plugin-wiring.ts';
import { createReporter } from './reporter.ts';
import { createRetirement } from './retirement.ts';
import { createRoutes } from './routes.ts';
import { createSnapshots } from './snapshots.ts';
import { canStandBy, createStandby } from './standby.ts';

/** How long a process that stands by waits for its turn to start, in milliseconds. */
const STANDBY_DELAY_MS = 250;

/** The running side of a plugin: which instance serves, and how one takes the place of another. Within this folder. */
export class Life {
  /** How front-ends name the plugin. */
  readonly pluginId: string;
  readonly dir: string;
  readonly ports: PluginPorts;
  readonly reporter;
  readonly lifecycle;
  readonly snapshots;
  readonly crashes;
  readonly recorder = createFlightRecorder();
  readonly recovery;
  readonly wiring: GenerationPorts;
  readonly meter = createCallMeter(() => performance.now());
  readonly calls;
  readonly routes = createRoutes<Generation>();
  readonly retirement = createRetirement(this.routes);
  /** Aborted when the plugin is stopped. */
  readonly ending = new AbortController();
  /** A process for the next reload; only used where reloads are to be expected. */
  readonly standby;
  source: PluginSource;
  generations = 1;
  /** Its folder is watched: the next reload is but a save away. */
  watched = false;
  /** What served last; its commands and runtime are shown. */
  shown: Generation | undefined;
  /** The end of the serving instance, when it came while its successor was on the way. */
  lost: InstanceEnd | undefined;
  readonly #revive: (verdict: RestartVerdict, problem: Problem) => void;

  /** @param revive is asked to run {@link comeBack} when nothing else is under way */
  constructor(
    source: PluginSource,
    ports: PluginPorts,
    revive: (verdict: RestartVerdict, problem: Problem) => void,
  ) {
    this.pluginId = ports.address ?? source.manifest.id;
    this.dir = source.dir;
    this.source = source;
    this.ports = ports;
    this.#revive = revive;
    const reporter = createReporter(this, event => {
      if (event.type === 'log') this.recorder.log(event.source, event.level, event.message);
      ports.fire(event);
    });
    this.reporter = reporter;
    this.lifecycle = createLifecycle(() => reporter.state());
    const onDone = (latencyMs?: number): void => {
      if (latencyMs !== undefined) this.meter.record(latencyMs);
      this.snapshots.touch();
    };
    this.calls = createCalls(this.routes, { log: reporter.log, onDone });
    this.wiring = {
      ...wireGenerations(ports, reporter, this.routes, this.calls),
      onStage: stage => this.lifecycle.enter(stage),
    };
    this.standby = createStandby({
      delayMs: STANDBY_DELAY_MS,
      start: (plan, signal) => startProcess(plan, this.wiring, signal),
      budget: ports.standbys,
      note: message => reporter.log('host', 'debug', message),
    });
    const { dir } = ports.data;
    const note = (what: string) => (error: unknown) =>
      reporter.log('host', 'debug', `${what} was not saved: ${messageOf(error)}`);
    this.snapshots = createSnapshots({
      dir,
      capture: () => captureState(this.routes, () => this.state === 'running'),
      write: writeFileAtomically,
      warn: note('The state'),
    });
    this.crashes = createCrashReports({ dir, write: writeFileAtomically, warn: note('A crash report') });
    this.recovery = createRecovery({
      recorder: this.recorder,
      reports: this.crashes,
      rules: ports.restart,
      fire: ports.fire,
    });
  }

  get state(): PluginState {
    return this.lifecycle.state;
  }

  status(): PluginStatus {
    const { state, stage } = this.lifecycle;
    const { pluginId, dir, source, shown, generations: generation } = this;
    const { tenant } = this.ports;
    const { restarts } = this.recovery;
    const problem = this.reporter.problem;
    return describePlugin({
      pluginId,
      tenant,
      state,
      stage,
      dir,
      problem,
      source,
      shown,
      generation,
      restarts,
      debugUrl: this.ports.debugger?.url,
      standbyPid: this.standby.process?.instance.pid,
    });
  }

  async comeUp(state: Json | undefined, signal?: AbortSignal): Promise<void> {
    this.lifecycle.moveTo('starting');
    this.reporter.setProblem(undefined);
    this.recovery.reset();
    const abort = signal ? AbortSignal.any([signal, this.ending.signal]) : this.ending.signal;
    await this.replaceBy(state, abort);
  }

  /** Brings up an instance where none serves: after it all is well, or the plugin has failed. */
  async replaceBy(state: Json | undefined, signal: AbortSignal): Promise<void> {
    try {
      await this.#launchInto(state, signal);
    } catch (error) {
      if (!(error instanceof PluginFailure)) throw error;
      if (signal.aborted) this.routes.close(gone('The plugin was stopped.'));
      else this.fail(error.problem);
      throw error;
    }
  }

  async #launchInto(state: Json | undefined, signal: AbortSignal): Promise<void> {
    const generation = await launch(this.source, this.wiring, this.standby, signal);
    this.lifecycle.enter('initialization');
    await activate(generation, this.ports.data.config.current(), state, signal);
    this.adopt(generation);
    this.routes.resume(generation);
  }

  /** Tries to bring a `restarting` plugin up with its last saved state until it works or the policy gives up. */
  async comeBack(verdict: RestartVerdict, problem: Problem): Promise<void> {
    const { signal } = this.ending;
    let next = verdict;
    let why = problem;
    while (next.kind === 'restart') {
      await delay(next.delayMs, undefined, { signal }).catch(() => {});
      // A stop that came meanwhile takes care of the rest.
      if (signal.aborted || this.state !== 'restarting') return;
      try {
        this.generations++;
        return await this.#launchInto(await this.snapshots.read(), signal);
      } catch (error) {
        if (!(error instanceof PluginFailure)) throw error;
        if (signal.aborted) return this.routes.close(gone('The plugin was stopped.'));
        why = error.problem;
        this.reporter.setProblem(why);
        next = this.recovery.failedAgain();
      }
    }
    this.fail(gaveUp(why, next));
  }

  async takeState(old: Generation): Promise<Json | undefined> {
    try {
      return this.lost ? await this.snapshots.read() : await old.instance.getState();
    } catch (error) {
      const message = `The state could not be taken over, the plugin begins without: ${messageOf(error)}`;
      this.reporter.log('host', 'warn', message);
      return undefined;
    }
  }

  /** From here on the generation is the plugin. */
  adopt(generation: Generation): void {
    this.shown = generation;
    this.recorder.adopted();
    this.reporter.setProblem(undefined);
    this.lifecycle.moveTo('running');
    // Callers that come before the end of the process is known wait for what follows it.
    void generation.instance.closed.then(() => {
      if (this.routes.current === generation && this.state === 'running') this.routes.hold();
    });
    void generation.instance.ended.then(end => this.#onEnd(generation, end));
    this.prepareReload(generation);
  }

  /** Has a process stand by that takes the place of the generation. */
  prepareReload({ source, plan }: Generation): void {
    if (this.watched && !this.ports.debugger && canStandBy(source)) this.standby.prepare(plan);
  }

  #onEnd(generation: Generation, end: InstanceEnd): void {
    if (end.intended) return;
    const problem = explainEnd(end, limitPlace(generation.source));
    this.reporter.ended(end, problem, generation.limits);
    if (generation !== this.routes.current) {
      this.reporter.log('host', 'warn', `The instance before the reload: ${problem.message}`);
    } else if (this.state === 'reloading') {
      this.lost = end;
      this.routes.hold();
    } else if (this.state === 'running') this.crashed(generation, end, problem);
  }

  /** The instance that served ended by itself, and nothing is about to take its place. */
  crashed(generation: Generation, end: InstanceEnd, problem: Problem): void {
    const about = {
      pluginId: this.pluginId,
      version: generation.source.manifest.version,
      runtime: generation.runtime,
      generation: this.generations,
    };
    const verdict = this.recovery.crashed({ end, problem, about });
    if (verdict.kind !== 'restart') {
      this.fail(gaveUp(problem, verdict));
      return;
    }
    this.beginRestart(problem);
    this.#revive(verdict, problem);
  }

  /** Callers wait from now on, for {@link comeBack}. */
  beginRestart(problem: Problem): void {
    this.routes.hold();
    this.reporter.setProblem(problem);
    this.lifecycle.moveTo('restarting');
  }

  fail(problem: Problem): void {
    this.routes.close(gone(problem.message));
    void this.standby.discard();
    this.reporter.setProblem(problem);
    this.lifecycle.moveTo('failed');
  }
}

/** Why callers of a plugin without an instance get no answer. */
export function gone(message: string): WireError {
  return new WireError(ErrorCode.ConnectionClosed, message);
}

import { type Disposable, messageOf } from '../../base/index.ts';
import type { PluginState, PluginStatus, Problem, ResourceUsage } from '../../protocol/editor/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import { explainEnd } from '../process/exit-diagnosis.ts';
import type { InstanceEnd } from '../process/instance.ts';
import type { CommandOwner } from '../services/commands.ts';
import { activate, launch, limitPlace, PluginFailure } from './bring-up.ts';
import { createCallMeter } from './call-meter.ts';
import { createCalls } from './calls.ts';
import type { Generation, GenerationPorts } from './generation.ts';
import { createLifecycle } from './lifecycle.ts';
import { type PluginSource, problemOfSource, readPluginSource } from './plugin-source.ts';
import { captureState, describePlugin } from './plugin-status.ts';
import { type PluginPorts, type StartOptions, wireGenerations } from './plugin-wiring.ts';
import { createReporter } from './reporter.ts';
import { createRetirement, graceMs } from './retirement.ts';
import { createRoutes } from './routes.ts';
import { createSerial } from './serial.ts';
import { createSnapshots } from './snapshots.ts';
import { swap } from './swap.ts';
import { createUsage } from './usage.ts';
import { watchSource } from './watcher.ts';

/** A plugin as everyone else sees it: one name, behind which instances come and go. */
export class Plugin implements CommandOwner {
  readonly pluginId: string;
  /** Real path of its folder. */
  readonly dir: string;
  readonly #ports: PluginPorts;
  readonly #reporter;
  readonly #lifecycle;
  readonly #snapshots;
  readonly #usage;
  readonly #calls;
  readonly #wiring: GenerationPorts;
  readonly #meter = createCallMeter(() => performance.now());
  readonly #routes = createRoutes<Generation>();
  readonly #retirement = createRetirement(this.#routes);
  readonly #serial = createSerial();
  readonly #ending = new AbortController();
  #source: PluginSource;
  #generations = 1;
  /** What served last; its commands and runtime are shown. */
  #shown: Generation | undefined;
  #watcher: Disposable | undefined;
  #upcoming: Promise<PluginStatus> | undefined;
  #stopped: Promise<void> | undefined;
  /** The end of the serving instance, when it came while its successor was on the way. */
  #lost: InstanceEnd | undefined;

  constructor(source: PluginSource, ports: PluginPorts) {
    this.pluginId = source.manifest.id;
    this.dir = source.dir;
    this.#source = source;
    this.#ports = ports;
    this.#reporter = createReporter(this, ports.fire);
    this.#lifecycle = createLifecycle(() => this.#reporter.state());
    this.#usage = createUsage(this.pluginId, this.#meter, () => performance.now());
    this.#wiring = wireGenerations(ports, this.#reporter, this.#routes);
    this.#snapshots = createSnapshots({
      dir: ports.data.dir,
      capture: () => captureState(this.#routes, () => this.state === 'running'),
      write: writeFileAtomically,
      warn: error => this.#reporter.log('host', 'debug', `The state was not saved: ${messageOf(error)}`),
    });
    const onDone = (latencyMs?: number): void => {
      if (latencyMs !== undefined) this.#meter.record(latencyMs);
      this.#snapshots.touch();
    };
    this.#calls = createCalls(this.#routes, { log: this.#reporter.log, onDone });
  }

  get state(): PluginState {
    return this.#lifecycle.state;
  }

  /** True while calls are answered, at once or when a reload is over. */
  get serving(): boolean {
    return this.#lifecycle.serving;
  }

  status(): PluginStatus {
    const { state, dir } = this;
    const [source, shown, generation] = [this.#source, this.#shown, this.#generations];
    return describePlugin({ state, dir, problem: this.#reporter.problem, source, shown, generation });
  }

  /**
   * Brings it up, and watches its folder if asked to, even when it fails, so that a change can mend it.
   *
   * @throws PluginFailure, whose problem is in the status too
   */
  async start(options: StartOptions, signal?: AbortSignal): Promise<void> {
    await this.#serial(async () => {
      if (options.watch) this.#watcher = await this.#watch();
      const state = options.recover ? await this.#snapshots.read() : await this.#snapshots.forget();
      await this.#comeUp(state, signal);
    });
  }

  /**
   * Takes up what has changed in the folder: new code beside the old, a new manifest by a restart with the same
   * state, a failed plugin by a new start. Requests that come while one is under way share the next. It always
   * resolves; when the new code can't be used, the status then says why in `problem`.
   */
  reload(): Promise<PluginStatus> {
    this.#upcoming ??= this.#serial(async () => {
      this.#upcoming = undefined;
      if (!this.#ending.signal.aborted) await this.#reloadNow();
      return this.status();
    });
    return this.#upcoming;
  }

  /** Ends it for good and forgets its state; what it stored stays. */
  stop(): Promise<void> {
    this.#ending.abort();
    this.#stopped ??= this.#serial(() => this.#stopNow());
    return this.#stopped;
  }

  hasCommand(id: string): boolean {
    return this.#shown?.commands.has(id) ?? false;
  }

  /** @throws WireError */
  run(method: string, args: Json, deadlineMs: number, signal?: AbortSignal): Promise<Json> {
    return this.#calls.run(method, args, deadlineMs, signal);
  }

  /** Hands it an event if it listens; during a reload the event waits its turn among the calls. */
  deliver(from: string, name: string, data: Json): void {
    this.#calls.deliver(from, name, data);
  }

  /** `undefined` while no process runs. */
  readUsage(): ResourceUsage | undefined {
    const current = this.#routes.current;
    const readout = current?.instance.readUsage();
    return current && readout
      ? this.#usage.report(current.instance.pid, readout, current.limits, this.#reporter.violations)
      : undefined;
  }

  async #comeUp(state: Json | undefined, signal?: AbortSignal): Promise<void> {
    this.#lifecycle.moveTo('starting');
    this.#reporter.setProblem(undefined);
    const abort = signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal;
    await this.#replaceBy(state, abort);
  }

  /** Brings up an instance where none serves: after it all is well, or the plugin has failed. */
  async #replaceBy(state: Json | undefined, signal: AbortSignal): Promise<void> {
    try {
      const generation = await launch(this.#source, this.#wiring, signal);
      await activate(generation, this.#ports.data.config.current(), state, signal);
      this.#adopt(generation);
      this.#routes.resume(generation);
    } catch (error) {
      if (!(error instanceof PluginFailure)) throw error;
      if (signal.aborted) this.#routes.close(gone('The plugin was stopped.'));
      else this.#fail(error.problem);
      throw error;
    }
  }

  async #reloadNow(): Promise<void> {
    let source: PluginSource;
    try {
      source = await readPluginSource(this.dir);
    } catch (error) {
      this.#reporter.setProblem(problemOfSource(error));
      return;
    }
    if (source.manifest.id !== this.pluginId) return this.#ports.onRenamed();
    const changed = source.document.text !== this.#source.document.text;
    const current = this.#routes.current;
    try {
      if (this.state === 'failed' || !current) {
        this.#source = source;
        this.#generations++;
        await this.#comeUp(await this.#snapshots.read());
      } else if (changed) await this.#restart(current, source);
      else await this.#swap(current, source);
    } catch (error) {
      // It is in the status by now.
      if (!(error instanceof PluginFailure)) throw error;
    }
  }

  /** A new manifest means a new sandbox, and nothing may run on with what it no longer grants. */
  async #restart(old: Generation, source: PluginSource): Promise<void> {
    this.#lifecycle.moveTo('reloading');
    this.#routes.hold();
    await this.#routes.idle(old, graceMs.restart);
    const state = await this.#takeState(old);
    await this.#retirement.endAll();
    await this.#retirement.retire(old, 0);
    this.#lost = undefined;
    this.#source = source;
    this.#generations++;
    await this.#replaceBy(state, this.#ending.signal);
  }

  async #swap(old: Generation, source: PluginSource): Promise<void> {
    const signal = this.#ending.signal;
    this.#lifecycle.moveTo('reloading');
    try {
      await swap(old, {
        routes: this.#routes,
        prepare: () => launch(source, this.#wiring, signal),
        takeState: () => this.#takeState(old),
        activate: (fresh, state) => activate(fresh, this.#ports.data.config.current(), state, signal),
        onSwitch: fresh => {
          this.#source = source;
          this.#generations++;
          this.#adopt(fresh);
        },
        isAlive: () => this.#lost === undefined,
      });
      void this.#retirement.retire(old, graceMs.reload);
    } catch (error) {
      if (!(error instanceof PluginFailure)) throw error;
      if (signal.aborted) return;
      if (this.#lost) return this.#fail(explainEnd(this.#lost, limitPlace(source)));
      this.#reporter.setProblem(error.problem);
      this.#lifecycle.moveTo('running');
    } finally {
      this.#lost = undefined;
    }
  }

  async #takeState(old: Generation): Promise<Json | undefined> {
    try {
      return this.#lost ? await this.#snapshots.read() : await old.instance.getState();
    } catch (error) {
      const message = `The state could not be taken over, the plugin begins without: ${messageOf(error)}`;
      this.#reporter.log('host', 'warn', message);
      return undefined;
    }
  }

  /** From here on the generation is the plugin. */
  #adopt(generation: Generation): void {
    this.#shown = generation;
    this.#reporter.setProblem(undefined);
    this.#lifecycle.moveTo('running');
    void generation.instance.ended.then(end => this.#onEnd(generation, end));
  }

  #onEnd(generation: Generation, end: InstanceEnd): void {
    if (end.intended) return;
    const problem = explainEnd(end, limitPlace(generation.source));
    this.#reporter.ended(end, problem, generation.limits);
    if (generation !== this.#routes.current) {
      this.#reporter.log('host', 'warn', `The instance before the reload: ${problem.message}`);
    } else if (this.state === 'reloading') {
      this.#lost = end;
      this.#routes.hold();
    } else if (this.state === 'running') this.#fail(problem);
  }

  #fail(problem: Problem): void {
    this.#routes.close(gone(problem.message));
    this.#reporter.setProblem(problem);
    this.#lifecycle.moveTo('failed');
  }

  async #stopNow(): Promise<void> {
    const current = this.#routes.current;
    if (this.state !== 'stopped') this.#lifecycle.moveTo('stopping');
    this.#watcher?.dispose();
    this.#routes.close(gone('The plugin was stopped.'));
    if (current) await this.#retirement.retire(current, graceMs.stop);
    await this.#retirement.endAll();
    await this.#snapshots.remove();
    await this.#ports.data.close();
    if (this.state !== 'stopped') this.#lifecycle.moveTo('stopped');
  }

  #watch(): Promise<Disposable> {
    return watchSource({
      dir: this.dir,
      entry: () => this.#source.entry,
      written: () => this.#shown?.grants.readWrite ?? [],
      onChange: () => void this.reload(),
      onError: error => this.#reporter.log('host', 'warn', `Changes may go unseen: ${messageOf(error)}`),
    });
  }
}

function gone(message: string): WireError {
  return new WireError(ErrorCode.ConnectionClosed, message);
}

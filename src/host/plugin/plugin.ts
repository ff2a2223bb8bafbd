import { type Disposable, messageOf } from '../../base/index.ts';
import type {
  CrashReport,
  HealthReport,
  PluginState,
  PluginStatus,
  ResourceUsage,
} from '../../protocol/editor/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { PluginGrants } from '../grants/plugin-grants.ts';
import { judgeHealth, PING_DEADLINE_MS } from '../health/health-check.ts';
import type { PluginData } from '../plugin-data.ts';
import type { Neighbour } from '../services/neighbour.ts';
import { PluginFailure } from './bring-up.ts';
import { gone, Life } from './life.ts';
import { beginDisabled, disableNow, enableNow, restartNow } from './pause.ts';
import { createNeighbour } from './plugin-neighbour.ts';
import type { PluginSource } from './plugin-source.ts';
import type { PluginPorts, StartOptions } from './plugin-wiring.ts';
import { reloadNow, restartWith } from './reload.ts';
import { graceMs } from './retirement.ts';
import { createSerial } from './serial.ts';
import { createUsage } from './usage.ts';
import { createWaking, type Waking } from './waking.ts';
import { watchSource } from './watcher.ts';

/** A plugin as everyone else sees it: one name, behind which instances come and go. */
export class Plugin {
  /** How other plugins of the same tenant name it. */
  readonly pluginId: string;
  /** Real path of its folder. */
  readonly dir: string;
  /** What other plugins see of it. */
  readonly neighbour: Neighbour;
  readonly #life: Life;
  readonly #usage;
  readonly #serial = createSerial();
  #watcher: Disposable | undefined;
  #upcoming: Promise<PluginStatus> | undefined;
  #stopped: Promise<void> | undefined;
  #enabling: Promise<void> | undefined;
  readonly #waking: Waking;

  constructor(source: PluginSource, ports: PluginPorts) {
    this.pluginId = ports.localId ?? source.manifest.id;
    this.dir = source.dir;
    this.#life = new Life(source, ports, (verdict, problem) => {
      void this.#serial(() => this.#life.comeBack(verdict, problem));
    });
    const { calls, meter } = this.#life;
    this.#usage = createUsage(this.address, meter, () => performance.now());
    this.#waking = createWaking({
      state: () => this.state,
      manifest: () => this.source.manifest,
      enable: () => this.enable(),
      tell: calls.tell,
    });
    this.neighbour = createNeighbour({
      pluginId: this.pluginId,
      manifest: () => this.source.manifest,
      shown: () => this.#life.shown,
      hasCommand: id => this.#hasCommand(id),
      wantsBroadcasts: () => this.#waking.wantsBroadcasts,
      calls: {
        tell: this.#waking.tell,
        ask: (method, params, terms) =>
          this.#attend(
            method === 'invoke' ? (params as unknown as { readonly method: string }).method : method,
            () => calls.ask(method, params, terms),
          ),
      },
    });
  }

  /** How front-ends name it. */
  get address(): string {
    return this.#life.pluginId;
  }

  get tenant(): string | undefined {
    return this.#life.ports.tenant;
  }

  get grants(): PluginGrants {
    return this.#life.ports.grants;
  }

  get data(): PluginData {
    return this.#life.ports.data;
  }

  get source(): PluginSource {
    return this.#life.source;
  }

  get state(): PluginState {
    return this.#life.state;
  }

  /** True while it serves, or will when a reload or a restart is over or somebody wakes it. */
  get serving(): boolean {
    return this.#life.lifecycle.serving;
  }

  /** True while calls are answered, at once or when what is under way is over. */
  get reachable(): boolean {
    return this.serving || (this.state === 'starting' && this.#waking.underWay);
  }

  status(): PluginStatus {
    return this.#life.status();
  }

  /**
   * Brings it up, and watches its folder if asked to, even when it fails, so that a change can mend it. A lazy one is
   * brought up by the first call or what its manifest names, one that was disabled by {@link enable}.
   *
   * @throws PluginFailure, whose problem is in the status too
   */
  async start(options: StartOptions, signal?: AbortSignal): Promise<void> {
    await this.#serial(async () => {
      if (options.watch) this.#watcher = await this.#watch();
      this.#life.watched = options.watch;
      const { snapshots, lifecycle } = this.#life;
      if (await beginDisabled(this.#life)) return;
      const state = options.recover ? await snapshots.read() : await snapshots.forget();
      if (options.lazy) lifecycle.moveTo('waiting');
      else await this.#life.comeUp(state, signal);
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
      if (!this.#life.ending.signal.aborted) await reloadNow(this.#life);
      return this.status();
    });
    return this.#upcoming;
  }

  /** @throws WorkbenchError when it does not run */
  disable(): Promise<void> {
    return this.#serial(() => disableNow(this.#life));
  }

  /** @throws PluginFailure */
  enable(): Promise<void> {
    this.#enabling ??= this.#serial(async () => {
      this.#enabling = undefined;
      if (!this.#life.ending.signal.aborted) await enableNow(this.#life);
    });
    return this.#enabling;
  }

  /** Kills its process and starts it again with the state that was saved last. */
  restart(code: string, message: string): Promise<void> {
    return this.#serial(() => restartNow(this.#life, { code, message }));
  }

  /** What it may do has changed: tells it, and gives it a smaller sandbox where the kernel had opened what is gone. */
  grantsChanged(): void {
    const { routes } = this.#life;
    routes.post(({ instance }) => instance.tellCapabilities());
    void this.#serial(async () => {
      const current = routes.current;
      if (this.state !== 'running' || !current || !(await current.isStale())) return;
      this.#life.reporter.log('host', 'info', 'Its grants have changed: it is started again with them.');
      await restartWith(this.#life, current, this.source);
    }).catch(error => {
      if (!(error instanceof PluginFailure)) throw error;
    });
  }

  /** Ends it for good and forgets its state; what it stored stays. */
  stop(): Promise<void> {
    this.#life.ending.abort();
    this.#stopped ??= this.#serial(() => this.#stopNow());
    return this.#stopped;
  }

  #hasCommand(id: string): boolean {
    const { shown, source } = this.#life;
    if (shown) return shown.commands.has(id);
    // Nothing is registered yet; what the manifest announces will be.
    return this.reachable && source.manifest.contributions.methods.some(method => method.id === id);
  }

  /** @throws WireError */
  run(method: string, args: Json, deadlineMs: number, signal?: AbortSignal): Promise<Json> {
    return this.#attend(method, () => this.#life.calls.run(method, args, deadlineMs, signal));
  }

  /** Brings it up for a call where it waits for one, and keeps the call in mind until it is answered. */
  async #attend<T>(method: string, work: () => Promise<T>): Promise<T> {
    this.#waking.wake();
    const end = this.#life.recorder.begin(method);
    try {
      const answer = await work();
      end('answered');
      return answer;
    } catch (error) {
      end(outcomeOf(error));
      throw error;
    }
  }

  /** `undefined` while no process runs. */
  readUsage(): ResourceUsage | undefined {
    const current = this.#life.routes.current;
    const readout = current?.instance.readUsage();
    if (!current || !readout) return undefined;
    const { violations } = this.#life.reporter;
    const standby = this.#life.standby.process?.instance.readUsage()?.privateBytes ?? 0;
    const usage = this.#usage.report(current.instance.pid, readout, current.limits, violations, standby);
    this.#life.recorder.usage(usage);
    return usage;
  }

  async health(signal?: AbortSignal): Promise<HealthReport> {
    const { routes, recorder } = this.#life;
    const expected = ['running', 'reloading', 'failed', 'restarting'].includes(this.state);
    const instance =
      this.state === 'running' || this.state === 'reloading' ? routes.current?.instance : undefined;
    // One that stands at a breakpoint is as its author wants it.
    const latencyMs = this.#life.ports.debugger
      ? instance && 0
      : await instance?.ping(PING_DEADLINE_MS, signal).catch((error: unknown) => {
          if (signal?.aborted) throw error;
          return undefined;
        });
    const usage = instance ? this.readUsage() : undefined;
    const outcomes = recorder.outcomes();
    const vitals = {
      pluginId: this.address,
      expected,
      alive: usage !== undefined,
      latencyMs,
      outcomes,
      usage,
    };
    return judgeHealth(vitals, Date.now());
  }

  crashReports(limit?: number): Promise<CrashReport[]> {
    return this.#life.crashes.list(limit);
  }

  async #stopNow(): Promise<void> {
    const { routes, lifecycle, retirement, snapshots, ports, standby } = this.#life;
    const current = routes.current;
    const wasDisabled = this.state === 'disabled';
    if (this.state !== 'stopped') lifecycle.moveTo('stopping');
    this.#watcher?.dispose();
    // It has to run on to be deactivated.
    ports.debugger?.dispose();
    routes.close(gone('The plugin was stopped.'));
    if (current) await retirement.retire(current, graceMs.stop);
    await standby.discard();
    await retirement.endAll();
    // A plugin that is disabled goes on where it was, also in a host to come.
    if (wasDisabled) snapshots.dispose();
    else await snapshots.remove();
    ports.grants.dispose();
    await ports.data.close();
    if (this.state !== 'stopped') lifecycle.moveTo('stopped');
  }

  #watch(): Promise<Disposable> {
    const { reporter } = this.#life;
    return watchSource({
      dir: this.dir,
      entry: () => this.source.entry,
      written: () => [
        ...(this.#life.shown?.grants.readWrite ?? []),
        ...this.#life.wiring.writtenFiles.list(),
      ],
      onChange: () => void this.reload(),
      onError: error => reporter.log('host', 'warn', `Changes may go unseen: ${messageOf(error)}`),
    });
  }
}

function outcomeOf(error: unknown): 'answered' | 'failed' | 'lost' {
  if (!(error instanceof WireError)) return 'failed';
  if (error.code === ErrorCode.ConnectionClosed) return 'lost';
  return error.code === ErrorCode.PluginFailed || error.code === ErrorCode.DeadlineExceeded
    ? 'failed'
    : 'answered';
}

import { resolve } from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import { createDebugHost, type DebugHost } from '../../host/index.ts';
import type { HostEvent, PluginStatus, StartAllParams, TrustLevel } from '../../protocol/editor/index.ts';
import { createAnswers } from '../answer-questions.ts';
import { askApprovals } from '../ask-approvals.ts';
import { defaultDataDir } from '../audit-files.ts';
import { Exit, type ExitCode } from '../exit.ts';
import type { PackagePaths } from '../package-paths.ts';
import { createEventRenderer } from '../render-event.ts';
import type { Format } from '../render-findings.ts';
import { printable, type Terminal } from '../terminal.ts';

export interface RunOptions {
  readonly watch: boolean;
  /** Command to call once the plugins run; the program ends with its answer unless it watches or has a duration. */
  readonly invoke?: string | undefined;
  /** JSON text. */
  readonly args?: string | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  readonly format: Format;
  readonly strict: boolean;
  /** Approve whatever the manifests ask for, for this run. */
  readonly yes: boolean;
  /** Start a plugin that crashed again. */
  readonly restart: boolean;
  readonly dataDir?: string | undefined;
  readonly node?: string | undefined;
  readonly unconfined: readonly string[];
  /** By plugin id. */
  readonly trust: Readonly<Record<string, TrustLevel>>;
  /** Follow system calls, so that what the kernel refuses is told in any language. */
  readonly trace: boolean;
}

/**
 * Runs plugins in their sandboxes until they are done, the duration is over or `stop` fires; nothing of them is left
 * afterwards.
 *
 * @throws WorkbenchError when a plugin can't be started or the call fails.
 */
export async function run(
  dirs: readonly string[],
  options: RunOptions,
  paths: PackagePaths,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<ExitCode> {
  const args = parseArgs(options.args);
  const host = createDebugHost({
    dataDir: options.dataDir ?? defaultDataDir(process.env),
    nodePath: options.node,
    unconfined: options.unconfined,
    trust: options.trust,
    trace: options.trace,
    restart: options.restart ? 'onCrash' : 'never',
    childScript: paths.childScript,
    sdkRoot: paths.sdkRoot,
    askFrontEnd: createAnswers(terminal),
  });
  const verdict = new Verdict();
  const render = createEventRenderer(options.format, terminal);
  const wentDown = new AbortController();
  host.onEvent(event => {
    verdict.note(event);
    render(event);
    if (event.type === 'state' && noneRuns(host)) wentDown.abort();
  });
  try {
    const folders = dirs.map(dir => resolve(dir));
    const approve = options.yes ? 'all' : await askApprovals(host, folders, terminal, stop);
    const started = await startAll(host, { dirs: folders, watch: options.watch, approve }, stop);
    if (options.invoke !== undefined)
      await invoke(host, started, options.invoke, args, options.format, terminal, stop);
    const stays = options.watch || options.duration !== undefined || options.invoke === undefined;
    if (stays) await waitFor(options.duration, AbortSignal.any([stop, wentDown.signal]));
  } finally {
    await host.shutdown();
  }
  return verdict.exitCode(options.strict);
}

/** Starts them in the order of their dependencies. @throws WorkbenchError what went wrong first */
async function startAll(host: DebugHost, params: StartAllParams, stop: AbortSignal): Promise<PluginStatus[]> {
  const { started, failed } = await host.startAll(params, stop);
  stop.throwIfAborted();
  const [first] = failed;
  if (first) {
    const { code, message, nextStep } = first.problem;
    throw new WorkbenchError(code, message, { nextStep, details: first.details });
  }
  return started;
}

async function invoke(
  host: DebugHost,
  started: readonly PluginStatus[],
  method: string,
  args: unknown,
  format: Format,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<void> {
  const target = targetOf(started, method);
  const value = await host.invoke({ ...target, args }, stop);
  if (format === 'json') terminal.out(JSON.stringify({ type: 'result', ...target, value }));
  else terminal.out(printable(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)));
}

/** `plugin:method` names the plugin; a bare method goes to the plugin that registered it, else to the first. */
function targetOf(started: readonly PluginStatus[], name: string): { pluginId: string; method: string } {
  const named = started.find(({ pluginId }) => name.startsWith(`${pluginId}:`));
  if (named) return { pluginId: named.pluginId, method: name.slice(named.pluginId.length + 1) };
  const owner = started.find(({ commands }) => commands.some(({ id }) => id === name)) ?? started[0];
  if (!owner) throw new WorkbenchError('PW-CLI-NO-PLUGIN', 'No plugin was started.');
  return { pluginId: owner.pluginId, method: name };
}

function parseArgs(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-ARGS', `--args is not JSON: ${text}`, {
      nextStep: `Quote it for the shell, as in --args '{"name": "Ada"}'.`,
      cause,
    });
  }
}

function waitFor(seconds: number | undefined, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise(done => {
    const timer = setTimeout(done, seconds === undefined ? 2 ** 31 - 1 : seconds * 1000);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}

function noneRuns(host: DebugHost): boolean {
  return host.list().every(({ state }) => state === 'failed' || state === 'stopped');
}

/** Keeps count of what went wrong while plugins ran. */
class Verdict {
  #errors = 0;
  #warnings = 0;

  note(event: HostEvent): void {
    if (event.type === 'state' && event.status.state === 'failed') this.#errors++;
    if (event.type === 'problem' && event.problem !== undefined) this.#errors++;
    if (event.type === 'violation' && event.action === 'killed') this.#errors++;
    else if (event.type === 'violation' && event.action !== 'alerted') this.#warnings++;
    if (event.type === 'audit' && !event.allowed && event.change === undefined) this.#warnings++;
  }

  exitCode(strict: boolean): ExitCode {
    return this.#errors > 0 || (strict && this.#warnings > 0) ? Exit.findings : Exit.clean;
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { type Disposable, WorkbenchError } from '../../base/index.ts';
import type {
  ActivateParams,
  ActivateResult,
  HostToPluginNotifications,
  HostToPluginRequests,
  InitializeParams,
  InitializeResult,
  Json,
  LoadParams,
  MemoryNotifications,
  ObservedNotification,
} from '../../protocol/plugin/index.ts';
import { ErrorCode, PLUGIN_PROTOCOL_VERSION } from '../../protocol/plugin/index.ts';
import { pluginResults } from '../../protocol/plugin-schemas/index.ts';
import { createWirePeer, WireError, type WireViolation } from '../../protocol/wire/index.ts';
import {
  type LimitBreach,
  type MonitorLimits,
  type ProcessReadout,
  type Sandbox,
  type SandboxPolicy,
  watchProcess,
} from '../../sandbox/index.ts';
import type { AskMethod } from '../services/neighbour.ts';
import { createMailbox, type MailboxPorts } from './mailbox.ts';
import { createNotices } from './notices.ts';
import { createOutput, type LogSink } from './output.ts';

/**
 * A plugin that closes its wire can't be reached any more: its process is ended after this many milliseconds. A
 * process that is ending closes its wire first, and its own exit code explains more than a kill.
 */
const REAP_AFTER_MS = 1000;

/** How long the last output of an ended process may take to arrive, in milliseconds. */
const STREAMS_MS = 1000;

/** How long the phases of an instance may take, in milliseconds. */
export const deadlines = {
  handshake: 10_000,
  load: 30_000,
  activate: 30_000,
  getState: 5_000,
  configure: 10_000,
  deactivate: 5_000,
} as const;

/** What is known about the end of an instance. */
export interface InstanceEnd {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** True when the host ended it on purpose: a stop, or a reload that replaced it. */
  readonly intended: boolean;
  /** The limit it was killed for. */
  readonly breach: LimitBreach | undefined;
  /** The offence on the wire it was killed for. */
  readonly violation: WireViolation | undefined;
  /** The last lines it wrote to stderr or logged as errors, oldest first. */
  readonly lastErrors: readonly string[];
}

/** One process that runs a plugin. Disposing kills it. */
export interface Instance extends Disposable {
  readonly pid: number;
  readonly runtime: InitializeResult['runtime'];
  /** The formats of values that its SDK knows; `undefined` for one that knows plain JSON only. */
  readonly formats: InitializeResult['formats'];
  /** Where a debugger finds it; see {@link InitializeResult}. */
  readonly inspector: string | undefined;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<InstanceEnd>;
  /** Resolves when it can't be reached any more, by itself; the end of the process follows soon. */
  readonly closed: Promise<void>;
  /** The hooks the plugin has, known after `activate`. */
  readonly hooks: ActivateResult['hooks'];
  load(params: LoadParams, signal?: AbortSignal): Promise<void>;
  activate(params: ActivateParams, signal?: AbortSignal): Promise<void>;
  /** Has it work for somebody. @throws WireError */
  ask<M extends AskMethod>(
    method: M,
    params: HostToPluginRequests[M][0],
    signal?: AbortSignal,
  ): Promise<Json>;
  /** `null` when the plugin keeps no state. */
  getState(): Promise<Json>;
  configure(config: Readonly<Record<string, Json>>): Promise<void>;
  /** Runs the plugin's `deactivate`, however it ends, then kills the process and waits until it is gone. */
  stop(): Promise<void>;
  /** Tells it something, in order. Never waits: when it does not read in time, the oldest is lost to it. */
  tell<M extends 'event' | 'message'>(
    method: M,
    params: HostToPluginNotifications[M],
    size: () => number,
  ): void;
  /** Round trip in milliseconds. An SDK that knows no ping is alive too. @throws WireError */
  ping(deadlineMs: number, signal?: AbortSignal): Promise<number>;
  /** Tells it that what it may do has changed. */
  tellCapabilities(): void;
  /** Tells it of a change in shared memory, before any answer that comes after. */
  tellMemory<M extends keyof MemoryNotifications>(method: M, params: MemoryNotifications[M]): void;
  /** Ends it for a limit that its monitor does not see. */
  kill(breach: LimitBreach): void;
  /** `undefined` once the process is gone. */
  readUsage(): ProcessReadout | undefined;
}

/** The process was launched, and ended or went wrong before it could be used. It is gone by now. */
export class InstanceStartError extends Error {
  readonly end: InstanceEnd;

  constructor(cause: unknown, end: InstanceEnd) {
    super('The plugin process did not start.', { cause });
    this.name = 'InstanceStartError';
    this.end = end;
  }
}

/** What an instance is made of, and who hears of it. */
export interface InstanceOptions {
  readonly sandbox: Sandbox;
  readonly policy: SandboxPolicy;
  readonly initialize: Omit<InitializeParams, 'protocolVersion'>;
  readonly limits: MonitorLimits;
  /** Sets up what has to be there before the plugin's code is loaded, while its runtime starts. */
  attach(pid: number): Promise<void>;
  onRequest(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  readonly onLog: LogSink;
  onBreach(breach: LimitBreach): void;
  onViolation(violation: WireViolation): void;
  /** The SDK saw the kernel refuse something. */
  onObserved(seen: ObservedNotification): void;
  readonly mailbox: MailboxPorts;
}

/**
 * Starts a process in the sandbox and shakes hands with it.
 *
 * @throws WorkbenchError of the sandbox; {@link InstanceStartError} when the process ended, kept silent or speaks
 * another version of the protocol.
 */
export async function startInstance(options: InstanceOptions, signal?: AbortSignal): Promise<Instance> {
  const process = await options.sandbox.launch(options.policy, signal);
  let intended = false;
  let breach: LimitBreach | undefined;
  let violation: WireViolation | undefined;
  let hooks: ActivateResult['hooks'] = [];
  let reap: NodeJS.Timeout | undefined;
  let close = (): void => {};
  const closed = new Promise<void>(resolve => {
    close = resolve;
  });

  const output = createOutput(process.stdout, process.stderr, options.onLog);
  const wire = createWirePeer(process.wire, {
    onRequest: options.onRequest,
    onNotification: createNotices({ output, onObserved: options.onObserved }),
    onViolation: found => {
      violation ??= found;
      options.onViolation(found);
      process.kill();
    },
    onClose: () => {
      close();
      reap = setTimeout(() => process.kill(), REAP_AFTER_MS);
    },
    onDrain: () => mailbox.flush(),
  });
  const mailbox = createMailbox(wire, options.mailbox);
  const breaches = (found: LimitBreach): void => {
    if (found.action === 'killed') breach ??= found;
    options.onBreach(found);
  };
  const monitor = watchProcess(process.pid, options.limits, found => {
    breaches(found);
    if (found.action === 'killed') process.kill();
  });
  const ended = process.exited.then(async (exit): Promise<InstanceEnd> => {
    clearTimeout(reap);
    monitor.dispose();
    // The kernel was quicker than the monitor.
    const { memoryBytes } = options.limits;
    if (exit.outOfMemory && breach === undefined) {
      breaches({ resource: 'memory', used: memoryBytes, limit: memoryBytes, action: 'killed' });
    }
    // A stream that something left behind still holds open must not keep the end from being told.
    await Promise.race([output.finished, delay(STREAMS_MS, undefined, { ref: false })]);
    wire.dispose();
    process.dispose();
    return { ...exit, intended, breach, violation, lastErrors: output.lastErrors() };
  });

  async function request<M extends keyof HostToPluginRequests>(
    method: M,
    params: HostToPluginRequests[M][0],
    deadlineMs: number,
    abort?: AbortSignal,
  ): Promise<unknown> {
    return wire.request(method, params, { deadlineMs, ...(abort ? { signal: abort } : {}) });
  }

  // Whoever looks at a paused plugin takes the time it takes.
  const patient = (deadlineMs: number): number =>
    options.initialize.debug ? Number.POSITIVE_INFINITY : deadlineMs;
  let hello: Pick<InitializeResult, 'runtime' | 'formats' | 'inspector'>;
  const attached = options.attach(process.pid);
  // When both fail, the handshake tells more.
  attached.catch(() => {});
  try {
    hello = await shakeHands(own => request('initialize', own, deadlines.handshake, signal), options);
    await attached;
  } catch (error) {
    // When the wire closed by itself the process is about to end, and how it ends explains more than a kill would.
    if (!(error instanceof WireError && error.code === ErrorCode.ConnectionClosed)) process.kill();
    throw new InstanceStartError(error, await ended);
  }

  return {
    pid: process.pid,
    runtime: hello.runtime,
    formats: hello.formats,
    inspector: hello.inspector,
    ended,
    closed,
    get hooks() {
      return hooks;
    },
    load: async (params, abort) => {
      await request('load', params, patient(deadlines.load), abort);
    },
    activate: async (params, abort) => {
      hooks = v.parse(
        pluginResults.activate,
        await request('activate', params, patient(deadlines.activate), abort),
      ).hooks;
    },
    ask: async (method, params, abort) =>
      asJson(await request(method, params, patient(params.deadline), abort)),
    getState: async () =>
      hooks.includes('getState') ? asJson(await request('getState', {}, deadlines.getState)) : null,
    configure: async config => {
      await request('configure', { config }, patient(deadlines.configure));
    },
    stop: async () => {
      intended = true;
      try {
        await request('deactivate', {}, deadlines.deactivate);
      } catch {
        // It is killed next in any case; what it said is in its log.
      }
      process.dispose();
      await ended;
    },
    tell: mailbox.post,
    ping: async (deadlineMs, abort) => {
      const began = performance.now();
      await request('ping', {}, deadlineMs, abort).catch(error => {
        if (!(error instanceof WireError && error.code === ErrorCode.MethodNotFound)) throw error;
      });
      return performance.now() - began;
    },
    tellCapabilities: () => void wire.notify('capabilities', { changed: true }),
    tellMemory: (method, params) => void wire.notify(method, params),
    kill: found => {
      breaches(found);
      process.kill();
    },
    readUsage: () => monitor.read(),
    dispose: () => {
      intended = true;
      process.dispose();
    },
  };
}

/** What came over the wire is JSON by construction; an answer without a result counts as `null`. */
function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}

/**
 * Ends an instance that failed while it came up, and gives what to throw: how the process ended when it ended by
 * itself, for that explains more than a closed connection, else the error as it is.
 */
export async function abandon(instance: Instance, error: unknown): Promise<unknown> {
  if (!isClosed(error)) instance.dispose();
  const end = await instance.ended;
  return isClosed(error) ? new InstanceStartError(error, end) : error;
}

function isClosed(error: unknown): boolean {
  return error instanceof WireError && error.code === ErrorCode.ConnectionClosed;
}

async function shakeHands(
  send: (hello: InitializeParams) => Promise<unknown>,
  options: InstanceOptions,
): Promise<InitializeResult> {
  const answer = await send({ ...options.initialize, protocolVersion: PLUGIN_PROTOCOL_VERSION });
  const decoded = v.safeParse(pluginResults.initialize, answer);
  if (decoded.success && decoded.output.protocolVersion === PLUGIN_PROTOCOL_VERSION) return decoded.output;
  throw new WorkbenchError(
    'PW-PLUGIN-PROTOCOL',
    'The plugin process speaks another version of the protocol.',
    {
      nextStep: 'Build the workbench anew: its host and its plugin bootstrap are of different builds.',
    },
  );
}

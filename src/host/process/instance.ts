import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import type {
  ActivateResult,
  HostToPluginRequests,
  InitializeParams,
  InitializeResult,
  Json,
  ObservedNotification,
} from '../../protocol/plugin/index.ts';
import { ErrorCode } from '../../protocol/plugin/index.ts';
import { pluginResults } from '../../protocol/plugin-schemas/index.ts';
import { createWirePeer, WireError, type WireViolation } from '../../protocol/wire/index.ts';
import {
  type LimitBreach,
  type MonitorLimits,
  type Sandbox,
  type SandboxPolicy,
  watchProcess,
} from '../../sandbox/index.ts';
import { shakeHands } from './handshake.ts';
import { createMailbox, type MailboxPorts } from './mailbox.ts';
import { createNotices } from './notices.ts';
import { createOutput, type LogSink } from './output.ts';
import type { Instance, InstanceEnd } from './port.ts';
import { InstanceStartError, isClosed } from './start-error.ts';

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
    hello = await shakeHands(options.initialize, own =>
      request('initialize', own, deadlines.handshake, signal),
    );
    await attached;
  } catch (error) {
    if (!isClosed(error)) process.kill();
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

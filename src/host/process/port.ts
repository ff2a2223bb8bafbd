import type { Disposable } from '../../base/index.ts';
import type {
  ActivateParams,
  ActivateResult,
  HostToPluginNotifications,
  HostToPluginRequests,
  InitializeResult,
  Json,
  LoadParams,
  MemoryNotifications,
} from '../../protocol/plugin/index.ts';
import type { WireViolation } from '../../protocol/wire/index.ts';
import type { LimitBreach, ProcessReadout } from '../../sandbox/index.ts';
import type { AskMethod } from '../services/neighbour.ts';

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

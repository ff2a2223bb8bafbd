import { type Disposable, Emitter, type Event, messageOf, WorkbenchError } from '../../base/index.ts';
import type {
  HostEvent,
  InvokePluginParams,
  PluginStatus,
  StartPluginParams,
} from '../../protocol/editor/index.ts';
import { isWorkbenchError } from '../workbench-error.ts';
import type { HostConnection } from './host-connection.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** What the supervisor tells besides the events of the host itself. */
export type HostNotice =
  | { readonly type: 'up'; readonly pid: number }
  /** It ended by itself. `restartInMs` is `undefined` when it ended too often and is left alone. */
  | {
      readonly type: 'ended';
      readonly reason: string;
      readonly lastWords: string;
      readonly interrupted: readonly string[];
      readonly restartInMs: number | undefined;
    }
  /** The user asked for a new host; these plugins are started again on it. */
  | { readonly type: 'restarting'; readonly interrupted: readonly string[] }
  /** After a restart: which plugins run again, and which could not be started. */
  | {
      readonly type: 'restored';
      readonly restored: readonly string[];
      readonly failed: readonly { readonly pluginId: string; readonly message: string }[];
    };

/** What the supervisor is handed. */
export interface HostSupervisorPorts {
  launch(): Promise<HostConnection>;
  now(): number;
  /** Resolves after that many milliseconds; rejects when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  readonly policy: RestartPolicy;
}

/**
 * Keeps one debug host for the editor: starts it with the first plugin, starts it again when it dies, and with it the
 * plugins that ran, which take up the state they had.
 */
export interface HostSupervisor {
  readonly onEvent: Event<HostEvent>;
  readonly onNotice: Event<HostNotice>;
  /** The process id of the host; `undefined` while there is none. */
  pid(): number | undefined;
  /** How many plugins it keeps running. */
  size(): number;
  start(params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus>;
  /** Stops it; with `force` although running plugins need it. */
  stop(pluginId: string, force?: boolean): Promise<void>;
  /** Any other request of the protocol. */
  readonly call: HostConnection['call'];
  reload(pluginId: string): Promise<PluginStatus>;
  invoke(params: InvokePluginParams, signal?: AbortSignal): Promise<unknown>;
  /** Replaces the host by a new one and starts the plugins that ran again. */
  restart(): Promise<void>;
  /** Stops the plugins and the host. Afterwards nothing is left, and `start` refuses. */
  shutdown(): Promise<void>;
}

/** VS Code gives an extension about five seconds to deactivate. */
const shutdownDeadlineMs = 4_000;

export function createHostSupervisor(ports: HostSupervisorPorts): HostSupervisor {
  const events = new Emitter<HostEvent>();
  const notices = new Emitter<HostNotice>();
  /** What ran, and how it was started: what a new host has to start again. */
  const sessions = new Map<string, StartPluginParams>();
  const closing = new AbortController();
  let connecting: Promise<HostConnection> | undefined;
  let connection: HostConnection | undefined;
  let subscription: Disposable | undefined;

  function connect(): Promise<HostConnection> {
    if (closing.signal.aborted) return Promise.reject(closed());
    connecting ??= open().catch(error => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  async function open(): Promise<HostConnection> {
    const opened = await ports.launch();
    if (closing.signal.aborted) {
      opened.dispose();
      throw closed();
    }
    connection = opened;
    subscription = opened.onEvent(receive);
    void opened.ended.then(end => {
      if (connection === opened) void recover(end.reason, end.lastWords).catch(reportRecoveryBug);
    });
    notices.fire({ type: 'up', pid: opened.pid });
    return opened;
  }

  function receive(event: HostEvent): void {
    if (event.type === 'state') {
      const { pluginId, state } = event.status;
      if (state === 'stopped' || state === 'failed' || state === 'disabled') sessions.delete(pluginId);
    }
    events.fire(event);
  }

  function detach(): void {
    subscription?.dispose();
    subscription = undefined;
    connection = undefined;
    connecting = undefined;
  }

  async function recover(reason: string, lastWords: string): Promise<void> {
    detach();
    if (closing.signal.aborted) return;
    const restartInMs = ports.policy.next(ports.now());
    notices.fire({ type: 'ended', reason, lastWords, interrupted: [...sessions.keys()], restartInMs });
    if (restartInMs === undefined) sessions.clear();
    if (restartInMs === undefined || sessions.size === 0) return;
    try {
      await ports.sleep(restartInMs, closing.signal);
    } catch {
      return;
    }
    // A plugin the user started meanwhile has brought the host back already: the rest is the same.
    try {
      await connect();
    } catch (error) {
      if (!closing.signal.aborted) await recover(messageOf(error), '');
      return;
    }
    await restore();
  }

  /** Starts on the present host whatever ran on the one before. */
  async function restore(): Promise<void> {
    const restored: string[] = [];
    const failed: { pluginId: string; message: string }[] = [];
    await Promise.all(
      [...sessions].map(async ([pluginId, params]) => {
        try {
          await (await connect()).start({ ...params, recover: true });
          restored.push(pluginId);
        } catch (error) {
          // When the host went down again, its next recovery takes care of this plugin.
          if (isWorkbenchError(error, 'PW-HOST-ENDED')) return;
          // Another one needed it, and has brought it back already.
          if (isWorkbenchError(error, 'PW-PLUGIN-RUNNING')) {
            restored.push(pluginId);
            return;
          }
          sessions.delete(pluginId);
          failed.push({ pluginId, message: messageOf(error) });
        }
      }),
    );
    notices.fire({ type: 'restored', restored, failed });
  }

  function reportRecoveryBug(error: unknown): void {
    notices.fire({
      type: 'ended',
      reason: messageOf(error),
      lastWords: '',
      interrupted: [],
      restartInMs: undefined,
    });
  }

  return {
    onEvent: events.event,
    onNotice: notices.event,
    pid: () => connection?.pid,
    size: () => sessions.size,
    start: async (params, signal) => {
      const status = await (await connect()).start(params, signal);
      sessions.set(status.pluginId, params);
      return status;
    },
    stop: async (pluginId, force) => {
      const params = sessions.get(pluginId);
      sessions.delete(pluginId);
      try {
        await connection?.stop(pluginId, force);
      } catch (error) {
        // It runs on when it was not stopped because others need it.
        if (params && isWorkbenchError(error, 'PW-PLUGIN-NEEDED')) sessions.set(pluginId, params);
        throw error;
      }
    },
    call: async (method, params, signal) => (await connect()).call(method, params, signal),
    reload: async pluginId => (await connect()).reload(pluginId),
    invoke: async (params, signal) => (await connect()).invoke(params, signal),
    restart: async () => {
      ports.policy.reset();
      const old = connection;
      const kept = [...sessions];
      detach();
      notices.fire({ type: 'restarting', interrupted: kept.map(([pluginId]) => pluginId) });
      await old?.shutdown(shutdownDeadlineMs);
      // What the old host said about the end of its plugins was meant for a stop, not for a restart.
      for (const [pluginId, params] of kept) sessions.set(pluginId, params);
      await connect();
      await restore();
    },
    shutdown: async () => {
      closing.abort();
      sessions.clear();
      const last = connection;
      const starting = connecting;
      detach();
      await last?.shutdown(shutdownDeadlineMs);
      // A host that is just starting sees that it is not wanted and ends; this waits for that.
      await starting?.catch(() => {});
      events.dispose();
      notices.dispose();
    },
  };
}

function closed(): WorkbenchError {
  return new WorkbenchError('PW-HOST-CLOSED', 'The workbench is shutting down.');
}

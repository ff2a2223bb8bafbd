import { formats } from '../../protocol/codec/index.ts';
import {
  type ActivateParams,
  type ActivateResult,
  ErrorCode,
  type HostToPluginNotifications,
  type InitializeParams,
  type InitializeResult,
  type Json,
  PLUGIN_PROTOCOL_VERSION,
} from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { CommandHandler, Plugin } from '../../sdk/node/package/index.d.ts';
import { createAnswers } from './answers.ts';
import { type ContextControl, createContext } from './context.ts';
import type { CurrentCall } from './current-call.ts';
import { toPluginFailure } from './failure.ts';
import type { Handlers } from './handlers.ts';
import type { HostLink } from './host-link.ts';
import { loadPlugin } from './load-plugin.ts';
import type { PluginFactory } from './plugin-module.ts';
import { createOwnFiles, type OwnFiles, stackOf } from './stack.ts';

/** One plugin's life in this process, as the host directs it. */
export interface Session {
  handle(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  notice(method: string, params: unknown): void;
}

/** Methods of a plugin that are turns of its life and not for callers. */
const hooks = ['activate', 'deactivate', 'getState', 'restoreState', 'configure', 'constructor'];

/** Makes the session; the first request must be `initialize`. */
export function createSession(link: HostLink, current: CurrentCall): Session {
  let initialized: { params: InitializeParams; own: OwnFiles; control: ContextControl } | undefined;
  let factory: PluginFactory | undefined;
  let plugin: Plugin | undefined;

  function logError(error: unknown): void {
    link.log('error', stackOf(error) ?? String(error));
  }

  function need<T>(value: T | undefined, before: string): T {
    if (value !== undefined) return value;
    throw new WireError(ErrorCode.InvalidRequest, `It must be sent after "${before}".`);
  }

  /** Runs plugin code; what it throws becomes an answer with the place in its source. */
  async function run<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toPluginFailure(error, need(initialized, 'initialize').own);
    }
  }

  async function initialize(params: InitializeParams): Promise<InitializeResult> {
    if (params.protocolVersion !== PLUGIN_PROTOCOL_VERSION) {
      const message = `The host speaks version ${params.protocolVersion} of the plugin protocol, this side ${PLUGIN_PROTOCOL_VERSION}.`;
      throw new WireError(ErrorCode.InvalidRequest, message);
    }
    if (initialized) throw new WireError(ErrorCode.InvalidRequest, 'It was sent already.');
    initialized = {
      params,
      own: createOwnFiles(params.pluginDir),
      control: createContext(params, link, logError),
    };
    const runtime = { name: 'node', version: process.versions.node };
    // Loaded for a debugger only: it takes its time.
    const inspector = params.debug ? (await import('./inspector.ts')).openInspector() : undefined;
    return { protocolVersion: PLUGIN_PROTOCOL_VERSION, runtime, pid: process.pid, formats, inspector };
  }

  async function activate({ config, state }: ActivateParams): Promise<ActivateResult> {
    const { params, control } = need(initialized, 'initialize');
    const create = need(factory, 'load');
    if (plugin) throw new WireError(ErrorCode.InvalidRequest, 'It was sent already.');
    control.replaceConfig(config);
    const { pluginId: id, pluginName: name, version, profile } = params;
    return run(async () => {
      const made = create(control.context, { id, name, version, profile });
      await made.activate(control.context);
      if (state !== undefined && state !== null) await made.restoreState?.(state);
      await control.completeActivation();
      plugin = made;
      const optional = (['deactivate', 'getState', 'restoreState'] as const).filter(
        hook => typeof made[hook] === 'function',
      );
      // The SDK keeps the settings current for every plugin, so that all of them can be configured.
      return { hooks: [...optional, 'configure'] };
    });
  }

  /** What answers a call: a registered command, else a method of the plugin that is not part of its lifecycle. */
  function findHandler(method: string): CommandHandler | undefined {
    const command = need(initialized, 'initialize').control.findCommand(method);
    if (command || hooks.includes(method) || method in Object.prototype) return command;
    const own = (plugin as Readonly<Record<string, unknown>> | undefined)?.[method];
    return typeof own === 'function' ? (own.bind(plugin) as CommandHandler) : undefined;
  }

  const answers = createAnswers({
    control: () => need(initialized, 'initialize').control,
    findMethod: findHandler,
    run,
    current,
  });

  const handlers: Handlers = {
    initialize,
    load: async ({ waitForDebugger: waits }) => {
      const { params, own } = need(initialized, 'initialize');
      if (waits) (await import('./inspector.ts')).awaitDebugger();
      factory = await loadPlugin(params.entry, own);
      return {};
    },
    activate,
    ping: () => ({}),
    ...answers,
    getState: () => run(async () => ((await plugin?.getState?.()) ?? null) as Json),
    configure: ({ config }) =>
      run(async () => {
        need(initialized, 'initialize').control.replaceConfig(config);
        await plugin?.configure?.({ ...config });
        return {};
      }),
    deactivate: () =>
      run(async () => {
        const { control } = need(initialized, 'initialize');
        const ending = plugin;
        plugin = undefined;
        try {
          await ending?.deactivate?.();
        } finally {
          await control.release();
        }
        return {};
      }),
  };

  return {
    handle: async (method, params, signal) => {
      if (!Object.hasOwn(handlers, method)) {
        throw new WireError(ErrorCode.MethodNotFound, `A plugin process has no method "${method}".`);
      }
      // The host that launched this process is trusted to send what the protocol says.
      return handlers[method as keyof Handlers](params as never, signal);
    },
    notice: (method, params) => {
      const memory = initialized?.control.memory;
      if (method === 'memory/moved') memory?.moved(params as HostToPluginNotifications['memory/moved']);
      if (method === 'memory/revoked') memory?.revoked(params as HostToPluginNotifications['memory/revoked']);
      if (method === 'capabilities') initialized?.control.permissionsChanged();
      if (method === 'event') initialized?.control.deliver(params as HostToPluginNotifications['event']);
      if (method === 'message') {
        initialized?.control.deliverMessage((params as HostToPluginNotifications['message']).message);
      }
    },
  };
}

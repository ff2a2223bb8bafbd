import type { HostToPluginNotifications, InitializeParams, Json } from '../../protocol/plugin/index.ts';
import type { CommandHandler, PluginContext } from '../../sdk/node/package/index.d.ts';
import type { HostLink } from './host-link.ts';
import { createCommands } from './services/commands.ts';
import { createConfig } from './services/config.ts';
import { createData } from './services/data.ts';
import { createClipboard, createNotifications, createPrograms, createWindow } from './services/desktop.ts';
import { createEvents } from './services/events.ts';
import { createFiles, createLegacyFiles } from './services/files.ts';
import { createHooks, type HookService } from './services/hooks.ts';
import { createLifecycle } from './services/lifecycle.ts';
import { createLogger } from './services/log.ts';
import { createMemory, type MemoryService } from './services/memory.ts';
import { createMessages, type MessageService } from './services/messages.ts';
import { createMiddleware, type MiddlewareService } from './services/middleware.ts';
import { createHttp, createNetwork } from './services/network.ts';
import { createPermissions, type PermissionService } from './services/permissions.ts';
import { createProviders, type ProviderService } from './services/providers.ts';
import { createRegistrations } from './services/registrations.ts';
import { createStorage } from './services/storage.ts';

/** The context of a plugin, and the strings by which the bootstrap moves it. */
export interface ContextControl {
  readonly context: PluginContext;
  findCommand(id: string): CommandHandler | undefined;
  readonly findHook: HookService['find'];
  readonly findMiddleware: MiddlewareService['find'];
  readonly findProvider: ProviderService['find'];
  replaceConfig(config: Readonly<Record<string, Json>>): void;
  deliver(event: HostToPluginNotifications['event']): void;
  readonly deliverMessage: MessageService['deliver'];
  readonly memory: Pick<MemoryService, 'moved' | 'revoked'>;
  readonly permissionsChanged: PermissionService['changed'];
  /** Calls `onActivate` and waits for what was registered. @throws the first refusal or failure */
  completeActivation(): Promise<void>;
  /** Calls `onDeactivate` and disposes the subscriptions. @throws the first failure, when all is done */
  release(): Promise<void>;
}

/**
 * Makes the context.
 *
 * @param onError receives what plugin code throws where nobody waits for it
 */
export function createContext(
  plugin: InitializeParams,
  link: HostLink,
  onError: (error: unknown) => void,
): ContextControl {
  const registrations = createRegistrations(onError);
  const log = createLogger(link);
  const config = createConfig(link, onError);
  const commands = createCommands(link, registrations, onError);
  const events = createEvents(link, registrations, onError);
  const messages = createMessages(link, registrations, onError);
  const hooks = createHooks(link, registrations, onError);
  const middleware = createMiddleware(link, registrations, onError);
  const providers = createProviders(link, registrations, onError);
  const memory = createMemory(link, onError);
  const lifecycle = createLifecycle();
  const permissions = createPermissions(onError);
  const files = createFiles(link);
  const net = createNetwork(link);
  const notifications = createNotifications(link);
  const context: PluginContext = Object.freeze({
    pluginId: plugin.pluginId,
    name: plugin.pluginName,
    version: plugin.version,
    pluginDir: plugin.pluginDir,
    log,
    logger: log,
    config: config.api,
    storage: createStorage(link),
    commands: commands.api,
    events: events.api,
    eventBus: events.api,
    messages: messages.api,
    messaging: messages.api,
    plugins: messages.plugins,
    hooks: hooks.api,
    middleware: middleware.api,
    providers: providers.api,
    memory: memory.api,
    data: createData(link),
    files,
    fs: createLegacyFiles(files),
    net,
    http: createHttp(net),
    process: createPrograms(link),
    clipboard: createClipboard(link),
    notifications,
    ui: createWindow(notifications),
    lifecycle: lifecycle.api,
    permissions: permissions.api,
    subscriptions: [],
  });

  return {
    context,
    findCommand: commands.find,
    findHook: hooks.find,
    findMiddleware: middleware.find,
    findProvider: providers.find,
    replaceConfig: config.replace,
    deliver: events.deliver,
    deliverMessage: messages.deliver,
    memory,
    permissionsChanged: permissions.changed,
    completeActivation: async () => {
      await lifecycle.activated();
      await registrations.settle();
    },
    release: async () => {
      const failures: unknown[] = [];
      await lifecycle.deactivated().catch((error: unknown) => failures.push(error));
      for (const subscription of context.subscriptions.splice(0).reverse()) {
        try {
          subscription.dispose();
        } catch (error) {
          failures.push(error);
        }
      }
      await memory.release();
      if (failures.length > 0) throw failures[0];
    },
  };
}

import type { PluginRequest } from '../../../protocol/plugin-schemas/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type CommandPorts, commandHandlers } from './commands.ts';
import { type ConfigPorts, configHandlers } from './config.ts';
import { type EventPorts, eventHandlers } from './events.ts';
import { hookHandlers } from './hooks.ts';
import { type MemoryPorts, memoryHandlers } from './memory.ts';
import { messageHandlers } from './messages.ts';
import { middlewareHandlers } from './middleware.ts';
import { providerHandlers } from './providers.ts';
import { type StoragePorts, storageHandlers } from './storage.ts';

/** What all the requests of a plugin work on. */
export type HandlerPorts = CommandPorts & ConfigPorts & EventPorts & MemoryPorts & StoragePorts;

/** A handler for every request a plugin may send. */
export function createHandlers(ports: HandlerPorts): HandlersOf<PluginRequest> {
  return {
    ...storageHandlers(ports),
    ...commandHandlers(ports),
    ...eventHandlers(ports),
    ...configHandlers(ports),
    ...memoryHandlers(ports),
    ...messageHandlers(ports),
    ...hookHandlers(ports),
    ...middlewareHandlers(ports),
    ...providerHandlers(ports),
  };
}

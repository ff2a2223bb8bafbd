import type { PluginRequest } from '../../../protocol/plugin-schemas/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type CommandPorts, commandHandlers } from './commands.ts';
import { type ConfigPorts, configHandlers } from './config.ts';
import { dataHandlers } from './data.ts';
import { type DesktopPorts, desktopHandlers } from './desktop.ts';
import { type EventPorts, eventHandlers } from './events.ts';
import { type FilePorts, fileHandlers } from './files.ts';
import { hookHandlers } from './hooks.ts';
import { type MemoryPorts, memoryHandlers } from './memory.ts';
import { messageHandlers } from './messages.ts';
import { middlewareHandlers } from './middleware.ts';
import { type NetworkPorts, networkHandlers } from './network.ts';
import { type ProgramsPorts, programHandlers } from './programs.ts';
import { providerHandlers } from './providers.ts';
import { type StoragePorts, storageHandlers } from './storage.ts';

/** What all the requests of a plugin work on. */
export type HandlerPorts = CommandPorts &
  ConfigPorts &
  DesktopPorts &
  EventPorts &
  FilePorts &
  MemoryPorts &
  NetworkPorts &
  ProgramsPorts &
  StoragePorts;

/** A handler for every request a plugin may send. */
export function createHandlers(ports: HandlerPorts): HandlersOf<PluginRequest> {
  return {
    ...storageHandlers(ports),
    ...commandHandlers(ports),
    ...eventHandlers(ports),
    ...configHandlers(ports),
    ...memoryHandlers(ports),
    ...dataHandlers(ports),
    ...messageHandlers(ports),
    ...hookHandlers(ports),
    ...middlewareHandlers(ports),
    ...providerHandlers(ports),
    ...fileHandlers(ports),
    ...networkHandlers(ports),
    ...programHandlers(ports),
    ...desktopHandlers(ports),
  };
}

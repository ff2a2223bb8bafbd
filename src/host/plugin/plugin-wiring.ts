import { messageOf } from '../../base/index.ts';
import type { HostEvent } from '../../protocol/editor/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { PluginData } from '../plugin-data.ts';
import { type CommandOwner, executeCommand } from '../services/commands.ts';
import type { Generation, GenerationPorts } from './generation.ts';
import type { Reporter } from './reporter.ts';
import type { Routes } from './routes.ts';

/** What a plugin needs of its host. */
export interface PluginPorts extends Pick<GenerationPorts, 'runtimes' | 'findSandbox'> {
  readonly data: PluginData;
  fire(event: HostEvent): void;
  /** The other plugins that answer calls now. */
  others(): readonly CommandOwner[];
  /** Hands an event to every plugin that listens. */
  broadcast(name: string, data: Json): void;
  /** The manifest now states another id: this plugin is to be replaced by one of that id. */
  onRenamed(): void;
}

/** How a plugin is started. */
export interface StartOptions {
  /** Take up the state that was saved last. */
  readonly recover: boolean;
  /** Reload when a file of the plugin changes. */
  readonly watch: boolean;
}

/** Connects what the instances of a plugin ask for with the host and with the other plugins. */
export function wireGenerations(
  ports: PluginPorts,
  reporter: Reporter,
  routes: Routes<Generation>,
): GenerationPorts {
  const { runtimes, findSandbox, data, broadcast, others } = ports;

  function configure({ instance }: Generation): void {
    instance.configure(data.config.current()).catch(error => {
      reporter.log('host', 'warn', `The plugin refused its new configuration: ${messageOf(error)}`);
    });
  }

  return {
    data,
    runtimes,
    findSandbox,
    emit: broadcast,
    execute: (caller, id, args, signal) => executeCommand(id, args, { caller, others: others() }, signal),
    configChanged: () => routes.post(configure),
    commandsChanged: commands => {
      if (routes.current?.commands === commands) reporter.stateSoon();
    },
    audit: entry => {
      reporter.audit(entry);
      data.audit.write(entry);
    },
    onBreach: reporter.breach,
    onViolation: reporter.wireViolation,
    onLog: reporter.log,
  };
}

import { messageOf } from '../../base/index.ts';
import type { PluginManifest } from '../../manifest/index.ts';
import type { HostEvent } from '../../protocol/editor/index.ts';
import type { PluginDebugger } from '../debugging/index.ts';
import type { PluginGrants } from '../grants/plugin-grants.ts';
import type { RestartRules } from '../health/restart-policy.ts';
import type { PluginData } from '../plugin-data.ts';
import type { SharedMemory } from '../services/memory/index.ts';
import type { AuditDetail } from '../trust/index.ts';
import type { Calls } from './calls.ts';
import type { Generation, GenerationPorts } from './generation.ts';
import type { Reporter } from './reporter.ts';
import type { Routes } from './routes.ts';
import type { StandbyBudget } from './standby.ts';
import { createWrittenFiles } from './written-files.ts';

/** What a plugin needs of its host. */
export interface PluginPorts
  extends Pick<GenerationPorts, 'runtimes' | 'trace' | 'findSandbox' | 'askFrontEnd' | 'exchange'> {
  readonly data: PluginData;
  readonly memory: Pick<SharedMemory, 'attach'>;
  /** How many processes may stand by in the host. */
  readonly standbys: StandbyBudget;
  /** Which decisions are recorded. */
  readonly auditDetail: AuditDetail;
  /** What it may do now. */
  readonly grants: PluginGrants;
  /** Asks people when the manifest wants more than was approved. */
  askApproval(): void;
  /** How it comes up again after a crash; `undefined` leaves it as it is. */
  readonly restart: RestartRules | undefined;
  /** How front-ends name it, when not by its id. */
  readonly address?: string | undefined;
  /** How the other plugins of its tenant name it, when not by its id. */
  readonly localId?: string | undefined;
  readonly tenant?: string | undefined;
  /** The way of debuggers to it; disposed when it stops. */
  readonly debugger?: PluginDebugger | undefined;
  fire(event: HostEvent): void;
  /** True when a manifest of the same id makes another plugin of it: another version where versions are told apart. */
  isRenamed(manifest: PluginManifest): boolean;
  /** The manifest now makes another plugin of it: this one is to be replaced. */
  onRenamed(): void;
}

/** How a plugin is started. */
export interface StartOptions {
  /** Take up the state that was saved last. */
  readonly recover: boolean;
  /** Reload when a file of the plugin changes. */
  readonly watch: boolean;
  /** Let the first call bring it up. */
  readonly lazy?: boolean | undefined;
}

/** Connects what the instances of a plugin ask for with the host and with the other plugins. */
export function wireGenerations(
  ports: PluginPorts,
  reporter: Reporter,
  routes: Routes<Generation>,
  calls: Pick<Calls, 'tell'>,
): Omit<GenerationPorts, 'onStage'> {
  const { runtimes, trace, findSandbox, data, exchange } = ports;

  function configure({ instance }: Generation): void {
    instance.configure(data.config.current()).catch(error => {
      reporter.log('host', 'warn', `The plugin refused its new configuration: ${messageOf(error)}`);
    });
  }

  return {
    data,
    runtimes,
    trace,
    findSandbox,
    askFrontEnd: ports.askFrontEnd,
    writtenFiles: createWrittenFiles(),
    capabilities: ports.grants.effective,
    exchange,
    localId: ports.localId,
    attachMemory: (pluginId, process) => ports.memory.attach(ports.localId ?? pluginId, process),
    debugger: ports.debugger,
    serving: () => routes.current?.registrations,
    tell: calls.tell,
    configChanged: () => routes.post(configure),
    commandsChanged: commands => {
      if (routes.current?.commands === commands) reporter.stateSoon();
    },
    audit: entry => {
      if (entry.allowed && ports.auditDetail === 'denials') return;
      reporter.audit(entry);
      data.audit.write(entry);
    },
    onBreach: reporter.breach,
    onViolation: reporter.wireViolation,
    mailbox: reporter.mailbox,
    onLog: reporter.log,
  };
}

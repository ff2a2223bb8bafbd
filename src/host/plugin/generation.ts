import { describeGrant } from '../../manifest/index.ts';
import type { PluginStage } from '../../protocol/editor/index.ts';
import type { WireViolation } from '../../protocol/wire/index.ts';
import type { LimitBreach } from '../../sandbox/index.ts';
import type { AuditEntry } from '../broker/audit.ts';
import { createBroker } from '../broker/broker.ts';
import { isWithheld } from '../broker/capabilities.ts';
import type { PluginData } from '../plugin-data.ts';
import { type Grants, resolveGrants } from '../process/grants.ts';
import { startInstance } from '../process/instance.ts';
import { createKernelDenials } from '../process/kernel-denials.ts';
import { type EffectiveLimits, watchedLimits } from '../process/limits.ts';
import type { MailboxPorts } from '../process/mailbox.ts';
import { pluginPolicy } from '../process/policy.ts';
import type { Instance } from '../process/port.ts';
import { abandon } from '../process/start-error.ts';
import { traceDenials } from '../process/trace-denials.ts';
import { type Commands, createCommands } from '../services/commands.ts';
import { createSubscriptions, type Subscriptions } from '../services/events.ts';
import type { Exchange } from '../services/exchange.ts';
import type { Neighbour, Requester } from '../services/neighbour.ts';
import { createRegistrations, type Registrations } from '../services/registrations.ts';
import type { PluginSandbox } from '../trust/index.ts';
import { createAsking } from './asking.ts';
import type { LaunchPlan, LaunchPorts } from './launch-plan.ts';
import { createOutside, type OutsidePorts } from './outside.ts';
import type { PluginSource } from './plugin-source.ts';
import { type ProcessMemoryPorts, prepareMemory, usesMemory } from './process-memory.ts';
import type { WrittenFiles } from './written-files.ts';

/** One instance of a plugin with what belongs to it alone. A reload replaces the generation as a whole. */
export interface Generation {
  readonly source: PluginSource;
  /** What another process like its own is made from. */
  readonly plan: LaunchPlan;
  readonly limits: EffectiveLimits;
  readonly instance: Instance;
  readonly commands: Commands;
  readonly subscriptions: Subscriptions;
  readonly registrations: Registrations;
  readonly ask: Neighbour['ask'];
  readonly grants: Grants;
  /** True when its sandbox opens other paths than the plugin may have now. */
  isStale(): Promise<boolean>;
  /** Such as `node 24.1.0 (PATH: /usr/bin/node)`. */
  readonly runtime: string;
  readonly sandbox: Pick<PluginSandbox, 'level' | 'description' | 'trust' | 'isolation'>;
}

/** Who hears of a generation and carries out what it asks. */
export interface GenerationPorts extends LaunchPorts, ProcessMemoryPorts {
  readonly data: PluginData;
  /** Follow the system calls of its process, so that denials are seen in any language. */
  readonly trace: boolean;
  readonly askFrontEnd: OutsidePorts['askFrontEnd'];
  readonly writtenFiles: WrittenFiles;
  /** How far the launch has come. */
  onStage(stage: PluginStage): void;
  readonly exchange: Exchange;
  /** How the other plugins name it, when not by its id. */
  readonly localId?: string | undefined;
  /** What the instance that serves now has registered. */
  serving(): Registrations | undefined;
  /** The way to the plugin, whichever instance of it serves. */
  readonly tell: Neighbour['tell'];
  configChanged(): void;
  commandsChanged(commands: Commands): void;
  audit(entry: AuditEntry): void;
  onBreach(breach: LimitBreach): void;
  onViolation(violation: WireViolation): void;
  readonly mailbox: MailboxPorts;
}

/** A process of a plugin that has none of the plugin's code yet. */
export interface ReadyProcess {
  readonly plan: LaunchPlan;
  readonly instance: Instance;
  /** See {@link Generation.isStale}. */
  isStale(): Promise<boolean>;
  /** Loads the code; it is not active yet. @throws InstanceStartError or WireError; the process is gone then. */
  load(signal: AbortSignal): Promise<Generation>;
}

/**
 * Launches a process for the plugin and shakes hands with it.
 *
 * @throws WorkbenchError when the sandbox can't be had; InstanceStartError when the process is at fault. Nothing is left
 * running then.
 */
export async function startProcess(
  plan: LaunchPlan,
  ports: GenerationPorts,
  signal: AbortSignal,
): Promise<ReadyProcess> {
  const { source, sandbox, runtime, limits, grants, refusedCalls } = plan;
  const { manifest } = source;
  const hadMemory = usesMemory(ports.capabilities());
  // A reload may bring another version of the plugin, whose needs are others.
  const audit = (entry: AuditEntry): void => ports.audit({ ...entry, version: manifest.version });
  const shared = await prepareMemory(manifest.id, sandbox, ports);

  const outside = createOutside({
    source,
    sandbox,
    limits,
    env: process.env,
    capabilities: ports.capabilities,
    audit,
    askFrontEnd: ports.askFrontEnd,
    onWrite: path => {
      if (path !== source.dir) ports.writtenFiles.add(path);
    },
  });

  const commands = createCommands(manifest, () => ports.commandsChanged(commands));
  const subscriptions = createSubscriptions();
  const { exchange } = ports;
  const registrations = createRegistrations({ nextOrder: exchange.nextOrder, previous: ports.serving });
  // What a plugin asks of itself goes to the instance that asks, also while a reload holds everyone else.
  const { ask, calls } = createAsking(() => instance);
  const pluginId = ports.localId ?? manifest.id;
  const self: Requester = { pluginId, manifest, commands, registrations, ask, calls, tell: ports.tell };
  const broker = createBroker({
    manifest,
    capabilities: ports.capabilities,
    storage: ports.data.storage,
    config: ports.data.config,
    commands,
    subscriptions,
    self,
    exchange,
    memory: shared.memory,
    ...outside.ports,
    configChanged: ports.configChanged,
    audit,
    describeGrant: need => describeGrant(manifest.profile, need),
    isWithheld: need => isWithheld(manifest.capabilities, ports.capabilities(), need, Date.now()),
    now: Date.now,
  });
  const confined = outside.adapt(
    pluginPolicy({ source, runtime, grants, limits, refusedCalls, memory: shared }),
  );
  const policy = ports.debugger?.adapt(confined, sandbox) ?? confined;
  const onObserved = createKernelDenials({
    policy,
    audit,
    describeGrant: need => describeGrant(manifest.profile, need),
    now: Date.now,
  });
  const instance = await startInstance(
    {
      sandbox,
      policy,
      attach: async pid => {
        await outside.attach(pid);
        if (!ports.trace) return;
        const warn = (message: string): void => ports.onLog('host', 'warn', message);
        await traceDenials(pid, { pluginDir: source.dir, onObserved, warn });
      },
      initialize: {
        pluginId,
        pluginName: manifest.name,
        version: manifest.version,
        pluginDir: source.dir,
        entry: source.entry,
        profile: manifest.profile,
        ...(ports.debugger ? { debug: true } : {}),
      },
      limits: watchedLimits(limits, grants.readWrite, sandbox.holds),
      onRequest: broker,
      onLog: ports.onLog,
      onBreach: ports.onBreach,
      onViolation: ports.onViolation,
      onObserved,
      mailbox: ports.mailbox,
    },
    signal,
  ).catch(async error => {
    outside.dispose();
    await shared.memory.end();
    throw error;
  });
  shared.serve(instance);
  void instance.ended.then(() => outside.dispose());
  const isStale = async (): Promise<boolean> =>
    usesMemory(ports.capabilities()) !== hadMemory ||
    outside.isStale() ||
    !samePaths(grants, await resolveGrants(ports.capabilities(), source.dir));
  const { level, description, trust, isolation } = sandbox;
  return {
    plan,
    instance,
    isStale,
    load: async signal => {
      try {
        const waitForDebugger = (await ports.debugger?.meet(instance, signal)) ?? false;
        signal.throwIfAborted();
        await instance.load(waitForDebugger ? { waitForDebugger } : {}, signal);
      } catch (error) {
        throw await abandon(instance, error);
      }
      return {
        ...{ source, plan, limits, grants, isStale, instance, commands, subscriptions, registrations, ask },
        runtime: runtime.description,
        sandbox: { level, description, trust, isolation },
      };
    },
  };
}

function samePaths(a: Grants, b: Grants): boolean {
  const paths = ({ readOnly, readWrite }: Grants): string => JSON.stringify([readOnly, readWrite]);
  return paths(a) === paths(b);
}

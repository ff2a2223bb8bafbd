import { describeGrant } from '../../manifest/index.ts';
import type { Json } from '../../protocol/plugin/index.ts';
import type { WireViolation } from '../../protocol/wire/index.ts';
import type { LimitBreach, Sandbox } from '../../sandbox/index.ts';
import type { AuditEntry } from '../broker/audit.ts';
import { createBroker } from '../broker/broker.ts';
import type { PluginData } from '../plugin-data.ts';
import { type Grants, resolveGrants } from '../process/grants.ts';
import { abandon, type Instance, startInstance } from '../process/instance.ts';
import { type EffectiveLimits, effectiveLimits, watchedLimits } from '../process/limits.ts';
import type { LogSink } from '../process/output.ts';
import { pluginPolicy } from '../process/policy.ts';
import type { Runtimes } from '../runtimes/index.ts';
import { type CommandOwner, type Commands, createCommands } from '../services/commands.ts';
import { createSubscriptions, type Subscriptions } from '../services/events.ts';
import type { PluginSource } from './plugin-source.ts';

/** One instance of a plugin with what belongs to it alone. A reload replaces the generation as a whole. */
export interface Generation {
  readonly source: PluginSource;
  readonly limits: EffectiveLimits;
  readonly instance: Instance;
  readonly commands: Commands;
  readonly subscriptions: Subscriptions;
  readonly grants: Grants;
  /** Such as `node 24.1.0 (PATH: /usr/bin/node)`. */
  readonly runtime: string;
  readonly sandbox: Pick<Sandbox, 'level' | 'description'>;
}

/** Who hears of a generation and carries out what it asks. */
export interface GenerationPorts {
  readonly data: PluginData;
  readonly runtimes: Runtimes;
  findSandbox(pluginId: string): Promise<Sandbox>;
  execute(caller: CommandOwner, id: string, args: Json, signal: AbortSignal): Promise<Json>;
  emit(name: string, data: Json): void;
  configChanged(): void;
  commandsChanged(commands: Commands): void;
  audit(entry: AuditEntry): void;
  onBreach(breach: LimitBreach): void;
  onViolation(violation: WireViolation): void;
  readonly onLog: LogSink;
}

/**
 * Launches a process for the plugin, shakes hands with it and loads its code; it is not active yet.
 *
 * @throws WorkbenchError when the runtime or the sandbox can't be had; InstanceStartError or WireError when the plugin
 * is at fault. Nothing is left running then.
 */
export async function startGeneration(
  source: PluginSource,
  ports: GenerationPorts,
  signal: AbortSignal,
): Promise<Generation> {
  const { manifest } = source;
  const limits = effectiveLimits(manifest);
  const { onLog } = ports;
  const preparing = ports
    .findSandbox(manifest.id)
    .then(
      async sandbox =>
        [
          sandbox,
          await ports.runtimes.prepare(
            { source, limits, confined: sandbox.level !== 'unconfined', onLog },
            signal,
          ),
        ] as const,
    );
  const [[sandbox, runtime], grants] = await Promise.all([
    preparing,
    resolveGrants(manifest.capabilities, source.dir),
  ]);
  for (const note of [...limits.notes, ...grants.notes]) ports.onLog('host', 'info', note);
  signal.throwIfAborted();

  const commands = createCommands(manifest, () => ports.commandsChanged(commands));
  const subscriptions = createSubscriptions();
  const broker = createBroker({
    manifest,
    capabilities: () => manifest.capabilities,
    storage: ports.data.storage,
    config: ports.data.config,
    commands,
    subscriptions,
    execute: (id, args, abort) => ports.execute(self, id, args, abort),
    emit: ports.emit,
    configChanged: ports.configChanged,
    audit: ports.audit,
    describeGrant: need => describeGrant(manifest.profile, need),
    now: Date.now,
  });
  // A plugin's own commands run in the instance that asks, also while a reload holds everyone else.
  const self: CommandOwner = {
    pluginId: manifest.id,
    hasCommand: commands.has,
    run: (method, args, deadline, abort) => instance.invoke({ method, args, deadline }, abort),
  };
  const instance = await startInstance(
    {
      sandbox,
      policy: pluginPolicy({ source, runtime, grants, limits }),
      initialize: {
        pluginId: manifest.id,
        pluginName: manifest.name,
        version: manifest.version,
        pluginDir: source.dir,
        entry: source.entry,
        profile: manifest.profile,
      },
      limits: watchedLimits(limits, grants.readWrite, sandbox.holds),
      onRequest: broker,
      onLog: ports.onLog,
      onBreach: ports.onBreach,
      onViolation: ports.onViolation,
    },
    signal,
  );
  try {
    await instance.load(signal);
  } catch (error) {
    throw await abandon(instance, error);
  }
  const { level, description } = sandbox;
  return {
    source,
    limits,
    grants,
    instance,
    commands,
    subscriptions,
    runtime: runtime.description,
    sandbox: { level, description },
  };
}

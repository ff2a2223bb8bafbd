import path from 'node:path';
import { messageOf, WorkbenchError } from '../base/index.ts';
import type { PluginManifest } from '../manifest/index.ts';
import type { HostEvent, PluginStatus, StartPluginParams } from '../protocol/editor/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { openDebugger, type PluginDebugger } from './debugging/index.ts';
import type { GrantRecord } from './grants/grant-record.ts';
import { type GrantStore, openGrantStore } from './grants/grant-store.ts';
import { createPluginGrants, type GrantedBy, type PluginGrants } from './grants/plugin-grants.ts';
import { defaultRestartRules, type RestartRules } from './health/restart-policy.ts';
import { PluginFailure } from './plugin/bring-up.ts';
import { Plugin } from './plugin/plugin.ts';
import { type PluginSource, readPluginSource } from './plugin/plugin-source.ts';
import type { PluginPorts } from './plugin/plugin-wiring.ts';
import { createStandbyBudget } from './plugin/standby.ts';
import { openAudit, openPluginData } from './plugin-data.ts';
import { addressOf, localIdOf, type PluginName, type Population } from './population.ts';
import type { SandboxChoice } from './trust/index.ts';

/** What {@link createStarter} needs. */
export interface StarterPorts
  extends Pick<PluginPorts, 'runtimes' | 'trace' | 'findSandbox' | 'askFrontEnd'> {
  readonly population: Population;
  readonly dataDir: string;
  /** For starts that say nothing of it. */
  readonly restart: 'never' | 'onCrash';
  readonly restartRules?: RestartRules | undefined;
  /** Approves whatever a manifest declares, for those who run only plugins they trust. */
  readonly approveAll: boolean;
  auditDetailOf: SandboxChoice['auditDetailOf'];
  fire(event: HostEvent): void;
  /** @throws WorkbenchError when the host takes no more plugins */
  refuseWhenClosed(): void;
}

/** Processes that may stand by for a reload, some ten megabytes each: nobody edits more plugins at a time. */
const MOST_STANDBYS = 8;

/** Starts single plugins. */
export interface Starter {
  /** @throws WorkbenchError; `PW-APPROVAL-NEEDED` has the `ApprovalRequest` as `details.request` */
  start(source: PluginSource, params: StartPluginParams, signal?: AbortSignal): Promise<PluginStatus>;
  /** The grants a plugin would start with; the caller disposes them. */
  grantsOf(source: PluginSource, tenant: string | undefined): Promise<PluginGrants>;
  /** Approves what a plugin that does not run declares. @throws WorkbenchError `PW-GRANT-UNDECLARED` */
  approve(
    source: PluginSource,
    tenant: string | undefined,
    keys: readonly string[],
    by: GrantedBy,
  ): Promise<void>;
}

/** Makes the starter of a host. */
export function createStarter(ports: StarterPorts): Starter {
  const { population, fire } = ports;
  const stores = new Map<string, Promise<GrantStore>>();
  const standbys = createStandbyBudget(MOST_STANDBYS);
  const rootOf = (tenant: string | undefined): string =>
    tenant === undefined ? ports.dataDir : path.join(ports.dataDir, 'tenants', tenant);
  const warn =
    (pluginId: string) =>
    (message: string): void =>
      fire({ type: 'log', pluginId, timestamp: Date.now(), source: 'host', level: 'warn', message });

  async function grantsOf(source: PluginSource, tenant: string | undefined): Promise<PluginGrants> {
    const { manifest, dir } = source;
    // All versions of a plugin share one store, so that they can't overwrite one another's approvals.
    const folder = path.join(rootOf(tenant), manifest.id);
    const opening =
      stores.get(folder) ??
      openGrantStore({ dir: folder, write: writeFileAtomically, warn: warn(manifest.id) });
    stores.set(folder, opening);
    return createPluginGrants({ manifest, dir, tenant, store: await opening, now: Date.now });
  }

  const approve: Starter['approve'] = async (source, tenant, keys, by) => {
    const { id } = source.manifest;
    const grants = await grantsOf(source, tenant);
    const audit = openAudit(path.join(rootOf(tenant), id), warn(id));
    grants.onRecord(audit.write);
    try {
      await grants.approve(keys, by);
    } finally {
      grants.dispose();
      await audit.flush();
    }
  };

  async function approveStart(grants: PluginGrants, params: StartPluginParams): Promise<void> {
    if (ports.approveAll) await grants.approve('all', { grantedBy: 'session' });
    else if (params.approve !== undefined) {
      // A key that the manifest no longer declares approves nothing.
      const declared = new Set(grants.list().map(({ key }) => key));
      const keys = params.approve === 'all' ? 'all' : params.approve.filter(key => declared.has(key));
      await grants.approve(keys, { grantedBy: 'session' });
    }
    const request = grants.request();
    if (!request) return;
    const open = request.capabilities.filter(({ isNew }) => isNew).map(({ words }) => words);
    throw new WorkbenchError(
      'PW-APPROVAL-NEEDED',
      `${request.name} ${request.version} asks for what nobody has approved yet: ${open.join('; ')}.`,
      { nextStep: 'Approve it if you trust the plugin with that.', details: { request } },
    );
  }

  async function start(
    source: PluginSource,
    params: StartPluginParams,
    signal?: AbortSignal,
  ): Promise<PluginStatus> {
    ports.refuseWhenClosed();
    const { manifest, dir } = source;
    const { tenant } = params;
    const name = nameOf(manifest, params);
    const address = addressOf(name);
    await population.makeRoom(address, dir);
    const grants = await grantsOf(source, tenant);
    await dropExpired(grants, path.join(rootOf(tenant), localIdOf(name)), warn(address));
    const early: GrantRecord[] = [];
    let record = (entry: GrantRecord): void => void early.push(entry);
    grants.onRecord(entry => record(entry));
    let plugin: Plugin;
    let way: PluginDebugger | undefined;
    try {
      await approveStart(grants, params);
      const defaults = (params.config ?? {}) as Readonly<Record<string, Json>>;
      const data = await openPluginData(rootOf(tenant), localIdOf(name), defaults, warn(address));
      await population.makeRoom(address, dir);
      ports.refuseWhenClosed();
      const restart = (params.restart ?? ports.restart) === 'onCrash';
      way = params.debug ? await openDebugger(source) : undefined;
      plugin = new Plugin(source, {
        data,
        debugger: way,
        grants,
        runtimes: ports.runtimes,
        trace: ports.trace,
        findSandbox: ports.findSandbox,
        auditDetail: ports.auditDetailOf(manifest.id),
        standbys,
        askFrontEnd: ports.askFrontEnd,
        exchange: population.exchange(tenant),
        memory: population.memory(tenant),
        restart: restart ? (ports.restartRules ?? defaultRestartRules) : undefined,
        address,
        localId: localIdOf(name),
        tenant,
        fire,
        askApproval: () => {
          // Who approved everything beforehand approves what a change adds.
          if (grants.pending().length > 0 && (ports.approveAll || params.approve === 'all')) {
            grants.approve('all', { grantedBy: 'session' }).catch(error => {
              warn(address)(`What was approved could not be written down: ${messageOf(error)}`);
            });
          }
          const request = grants.request();
          if (request) fire({ type: 'approvalNeeded', request });
        },
        isRenamed: next => addressOf(nameOf(next, params)) !== address,
        onRenamed: () => void replace(plugin, params),
      });
    } catch (error) {
      grants.dispose();
      way?.dispose();
      throw error;
    }
    const { audit } = plugin.data;
    record = entry => {
      audit.write(entry);
      fire({ type: 'audit', pluginId: address, ...entry });
    };
    early.forEach(record);
    grants.onChange(() => {
      fire({ type: 'grants', pluginId: address, grants: grants.list() });
      plugin.grantsChanged();
      void population.memory(tenant).recheck();
    });
    population.add(plugin);
    const { recover = false, watch, lazy } = params;
    try {
      await plugin.start({ recover, watch, lazy }, signal);
    } catch (error) {
      if (signal?.aborted) await population.remove(plugin);
      throw error instanceof PluginFailure ? error.toWorkbenchError() : error;
    }
    return plugin.status();
  }

  /** A manifest with a new id makes another plugin of the same folder. */
  async function replace(plugin: Plugin, params: StartPluginParams): Promise<void> {
    await population.remove(plugin);
    try {
      await start(await readPluginSource(plugin.dir), params);
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'PW-HOST-CLOSED') return;
      const code = error instanceof WorkbenchError ? error.code : 'PW-INTERNAL';
      const problem = { code, message: messageOf(error) };
      fire({ type: 'problem', pluginId: plugin.address, dir: plugin.dir, problem });
    }
  }

  return { start, grantsOf, approve };
}

/** What ended while the plugin did not run is recorded before people are asked for it anew. */
async function dropExpired(
  grants: PluginGrants,
  folder: string,
  warn: (message: string) => void,
): Promise<void> {
  const audit = openAudit(folder, warn);
  const listening = grants.onRecord(audit.write);
  await grants.dropExpired();
  listening.dispose();
  await audit.flush();
}

function nameOf({ id, version }: PluginManifest, { tenant, sideBySide }: StartPluginParams): PluginName {
  return { id, tenant, version: sideBySide ? version : undefined };
}

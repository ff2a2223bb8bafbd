import * as v from 'valibot';
import type { PluginManifest } from '../../manifest/index.ts';
import { ErrorCode, type Json, type PermissionDenial } from '../../protocol/plugin/index.ts';
import {
  isPluginRequest,
  type ParamsOf,
  type PluginRequest,
  pluginRequests,
} from '../../protocol/plugin-schemas/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import { type Commands, mayRegister } from '../services/commands.ts';
import type { Config } from '../services/config.ts';
import { MAX_SUBSCRIPTIONS, mayEmit, type Subscriptions } from '../services/events.ts';
import { DEFAULT_STORAGE_BYTES, type Storage } from '../services/storage.ts';
import type { AuditEntry } from './audit.ts';
import { findGrant, type Need } from './capabilities.ts';

/** What a broker stands between: one instance on this side, the services on the other. */
export interface BrokerPorts {
  readonly manifest: PluginManifest;
  readonly storage: Storage;
  readonly config: Config;
  readonly commands: Commands;
  readonly subscriptions: Subscriptions;
  /** Runs a command of this or another plugin. */
  execute(id: string, args: Json, signal: AbortSignal): Promise<Json>;
  /** Announces an event to every plugin that listens. */
  emit(name: string, data: Json): void;
  configChanged(): void;
  audit(entry: AuditEntry): void;
  /** The manifest line that would allow a need, in the manifest's own dialect. */
  describeGrant(need: Need): string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Answers one request of the plugin; throws `WireError` to refuse it. */
export type Broker = (method: string, params: unknown, signal: AbortSignal) => Promise<Json>;

/**
 * Makes the broker of one instance. Every request is decoded by its schema, checked against the manifest, recorded,
 * and only then carried out: what nothing grants is refused with the line that would grant it.
 */
export function createBroker(ports: BrokerPorts): Broker {
  const handlers = createHandlers(ports);

  async function answer<M extends PluginRequest>(
    method: M,
    raw: unknown,
    signal: AbortSignal,
  ): Promise<Json> {
    const decoded = v.safeParse(pluginRequests[method], raw);
    if (!decoded.success) {
      const [issue] = decoded.issues;
      throw new WireError(ErrorCode.InvalidParams, `${method}: ${issue.message}`);
    }
    const params = decoded.output as ParamsOf<M>;
    const handler = handlers[method] as Handler<M>;
    const { need, granted } = handler.check(params);
    record(need, granted);
    return handler.run(params, signal);
  }

  function record(need: Need, granted: boolean): void {
    const entry = { timestamp: ports.now(), ...need, allowed: granted };
    if (granted) {
      ports.audit(entry);
      return;
    }
    const grant = ports.describeGrant(need);
    ports.audit({ ...entry, grant });
    const denial: PermissionDenial = { ...need, grant };
    throw new WireError(
      ErrorCode.PermissionDenied,
      `The manifest doesn't grant ${need.scope} ${need.action} for "${need.resource}". Add to it: ${grant}`,
      denial,
    );
  }

  return async (method, params, signal) => {
    if (!isPluginRequest(method)) {
      throw new WireError(ErrorCode.MethodNotFound, `The host has no method ${method.slice(0, 100)}.`);
    }
    return answer(method, params, signal);
  };
}

interface Verdict {
  readonly need: Need;
  readonly granted: boolean;
}

interface Handler<M extends PluginRequest> {
  check(params: ParamsOf<M>): Verdict;
  run(params: ParamsOf<M>, signal: AbortSignal): Promise<Json> | Json;
}

type Handlers = { readonly [M in PluginRequest]: Handler<M> };

function createHandlers(ports: BrokerPorts): Handlers {
  const { manifest, storage, config, commands, subscriptions } = ports;
  const stored = (action: 'read' | 'write', resource: string): Verdict => {
    const need = { scope: 'storage', action, resource };
    return { need, granted: findGrant(manifest, need, ports.now()) !== undefined };
  };
  const own = (scope: string, action: string, resource: string, granted = true): Verdict => ({
    need: { scope, action, resource },
    granted,
  });

  return {
    'storage/get': { check: p => stored('read', p.key), run: p => storage.get(p.key) },
    'storage/keys': { check: () => stored('read', '*'), run: () => storage.keys() },
    'storage/set': {
      check: p => stored('write', p.key),
      run: async p => {
        const grant = findGrant(
          manifest,
          { scope: 'storage', action: 'write', resource: p.key },
          ports.now(),
        );
        await storage.set(p.key, p.value, grant?.restrictions.maxBytes ?? DEFAULT_STORAGE_BYTES);
        return null;
      },
    },
    'storage/delete': { check: p => stored('write', p.key), run: p => storage.delete(p.key) },
    'commands/register': {
      check: p => own('commands', 'register', p.id, mayRegister(manifest, p.id)),
      run: p => {
        commands.register(p.id);
        return null;
      },
    },
    'commands/unregister': {
      check: p => own('commands', 'unregister', p.id),
      run: p => {
        commands.unregister(p.id);
        return null;
      },
    },
    'commands/execute': {
      check: p => own('commands', 'execute', p.id),
      run: (p, signal) => ports.execute(p.id, p.args, signal),
    },
    'events/subscribe': {
      check: p => own('events', 'subscribe', p.name),
      run: p => {
        if (subscriptions.add(p.name)) return null;
        const message = `A plugin may listen to ${MAX_SUBSCRIPTIONS} events, not more.`;
        throw new WireError(ErrorCode.LimitExceeded, message);
      },
    },
    'events/unsubscribe': {
      check: p => own('events', 'unsubscribe', p.name),
      run: p => {
        subscriptions.remove(p.name);
        return null;
      },
    },
    'events/emit': {
      check: p => own('events', 'emit', p.name, mayEmit(manifest, p.name)),
      run: p => {
        ports.emit(p.name, p.data);
        return null;
      },
    },
    'config/set': {
      check: p => own('config', 'set', p.key),
      run: async p => {
        await config.set(p.key, p.value);
        ports.configChanged();
        return null;
      },
    },
  };
}

import * as v from 'valibot';
import { ErrorCode, type Json, type PermissionDenial } from '../../protocol/plugin/index.ts';
import {
  isPluginRequest,
  type ParamsOf,
  type PluginRequest,
  pluginRequests,
} from '../../protocol/plugin-schemas/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { AuditEntry } from './audit.ts';
import type { Need } from './capabilities.ts';
import type { Handler } from './handler.ts';
import { createHandlers, type HandlerPorts } from './handlers/index.ts';

/** What a broker stands between: one instance on this side, the services on the other. */
export interface BrokerPorts extends HandlerPorts {
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

import * as v from 'valibot';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import {
  isPluginRequest,
  type ParamsOf,
  type PluginRequest,
  pluginRequests,
} from '../../protocol/plugin-schemas/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Handler } from './handler.ts';
import { createHandlers, type HandlerPorts } from './handlers/index.ts';
import { createRecorder, type RecorderPorts } from './recorder.ts';

/** What a broker stands between: one instance on this side, the services on the other. */
export type BrokerPorts = HandlerPorts & RecorderPorts;

/** Answers one request of the plugin; throws `WireError` to refuse it. */
export type Broker = (method: string, params: unknown, signal: AbortSignal) => Promise<Json>;

/**
 * Makes the broker of one instance. Every request is decoded by its schema, checked against the manifest, recorded,
 * and only then carried out: what nothing grants is refused with the line that would grant it.
 */
export function createBroker(ports: BrokerPorts): Broker {
  const handlers = createHandlers(ports);
  const recorder = createRecorder(ports);

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
    const verdict = handler.check(params);
    if (verdict?.granted === false) throw recorder.deny(verdict.need);
    if (verdict) recorder.allow(verdict.need);
    return handler.run(params, signal);
  }

  return async (method, params, signal) => {
    if (!isPluginRequest(method)) {
      throw new WireError(ErrorCode.MethodNotFound, `The host has no method ${method.slice(0, 100)}.`);
    }
    return answer(method, params, signal);
  };
}

import { randomUUID } from 'node:crypto';
import { WorkbenchError } from '../base/index.ts';
import type { Json } from '../protocol/plugin/index.ts';
import { createDataRequests, type DataRequests } from './data-requests.ts';
import { executorOf, languageOfFile } from './executors.ts';
import type { DebugHost } from './host-api.ts';
import type { Plugin } from './plugin/plugin.ts';
import { callError } from './plugin/problems.ts';
import type { Population } from './population.ts';

/** How long a call may take that states no deadline of its own, in milliseconds. */
const DEFAULT_DEADLINE_MS = 30_000;

/** The part of a host by which front-ends call plugins, and ask about values. */
export type Calling = Pick<
  DebugHost,
  'invoke' | 'runMiddleware' | 'sendMessage' | 'request' | 'execute' | 'executeFile'
> &
  DataRequests;

/** Makes that part. */
export function createCalling(population: Population): Calling {
  async function call(
    plugin: Plugin,
    method: string,
    args: Json,
    deadline: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Json> {
    if (!plugin.reachable) {
      const message = `The plugin ${plugin.address} can't be called: it is ${plugin.state}.`;
      const nextStep = plugin.state === 'disabled' ? 'Enable it.' : 'Start it, or wait until it has.';
      throw new WorkbenchError('PW-PLUGIN-NOT-RUNNING', message, { nextStep });
    }
    try {
      return await plugin.run(method, args, deadline ?? DEFAULT_DEADLINE_MS, signal);
    } catch (error) {
      throw callError(error, plugin.address, method);
    }
  }

  return {
    ...createDataRequests(population),
    invoke: async ({ pluginId, method, args, deadline }, signal) =>
      call(population.find(pluginId), method, (args ?? null) as Json, deadline, signal),
    runMiddleware: async ({ chain, value, tenant, deadline }, signal) => {
      try {
        const exchange = population.exchange(tenant);
        return await exchange.runMiddlewareFor(chain, (value ?? null) as Json, deadline, signal);
      } catch (error) {
        throw callError(error, 'the plugin', chain);
      }
    },
    sendMessage: ({ tenant, data, ...message }) =>
      population.exchange(tenant).broadcastFor({ ...message, data: (data ?? null) as Json }),
    request: async ({ pluginId, message }, signal) => {
      const { id = randomUUID(), method, timeout, correlation } = message;
      const about = { id, ...(correlation === undefined ? {} : { correlation }) };
      const plugin = population.find(pluginId);
      try {
        const data = await call(plugin, method, (message.data ?? null) as Json, timeout, signal);
        return { ...about, timestamp: Date.now(), success: true, data };
      } catch (error) {
        if (!(error instanceof WorkbenchError)) throw error;
        const { code, message: text, details } = error;
        const failure = { code, message: text, ...(details ? { details: { ...details } } : {}) };
        return { ...about, timestamp: Date.now(), success: false, error: failure };
      }
    },
    execute: async ({ language, code, tenant, deadline }, signal) => {
      const plugin = executorOf(population.ofTenant(tenant), language);
      return call(plugin, 'execute', { language, code }, deadline, signal);
    },
    executeFile: async ({ path, tenant, deadline, ...params }, signal) => {
      const language = params.language ?? languageOfFile(path);
      const plugin = executorOf(population.ofTenant(tenant), language);
      return call(plugin, 'executeFile', { language, path }, deadline, signal);
    },
  };
}

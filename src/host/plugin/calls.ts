import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { LogSink } from '../process/output.ts';
import type { Generation } from './generation.ts';
import type { Routes } from './routes.ts';

/** The calls and events that reach a plugin, whichever instance serves. */
export interface Calls {
  /** @throws WireError */
  run(method: string, args: Json, deadlineMs: number, signal?: AbortSignal): Promise<Json>;
  deliver(from: string, name: string, data: Json): void;
}

/** Who hears of calls. */
export interface CallPorts {
  readonly log: LogSink;
  /** After everything that may have changed the plugin's state; with the latency when it was a call. */
  onDone(latencyMs?: number): void;
}

/** Sends calls and events along the routes of a plugin. */
export function createCalls(routes: Routes<Generation>, ports: CallPorts): Calls {
  return {
    run: async (method, args, deadlineMs, signal) => {
      const began = performance.now();
      try {
        return await routes.use(
          async ({ instance }) => {
            // What a reload has taken of the time is gone.
            const deadline = Math.ceil(deadlineMs - (performance.now() - began));
            if (deadline > 0) return instance.invoke({ method, args, deadline }, signal);
            throw new WireError(
              ErrorCode.DeadlineExceeded,
              `"${method}" waited ${deadlineMs} ms for a reload.`,
            );
          },
          { deadlineMs, signal },
        );
      } finally {
        ports.onDone(performance.now() - began);
      }
    },
    deliver: (from, name, data) =>
      routes.post(({ subscriptions, instance }) => {
        if (!subscriptions.has(name)) return;
        if (!instance.sendEvent({ name, from, data })) {
          ports.log(
            'host',
            'warn',
            `The event "${name}" was lost: it is too large, or the plugin does not read.`,
          );
        }
        ports.onDone();
      }),
  };
}

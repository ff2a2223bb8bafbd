import type { Json } from '../../protocol/plugin/index.ts';
import { MAILBOX } from '../process/mailbox.ts';
import type { LogSink } from '../process/output.ts';
import type { Letter, Neighbour } from '../services/neighbour.ts';
import type { Generation } from './generation.ts';
import type { Routes } from './routes.ts';

/** The calls and letters that reach a plugin, whichever instance serves. */
export interface Calls extends Pick<Neighbour, 'ask' | 'tell'> {
  /**
   * Runs a command or a method of the plugin for somebody who is no plugin.
   *
   * @throws WireError
   */
  run(method: string, args: Json, deadlineMs: number, signal?: AbortSignal): Promise<Json>;
}

/** Who hears of calls. */
export interface CallPorts {
  readonly log: LogSink;
  /** After everything that may have changed the plugin's state; with the latency when it was a call. */
  onDone(latencyMs?: number): void;
}

/** Sends calls and letters along the routes of a plugin. */
export function createCalls(routes: Routes<Generation>, ports: CallPorts): Calls {
  let heldBytes = 0;
  let lost = 0;

  const ask: Neighbour['ask'] = async (method, params, terms) => {
    const began = performance.now();
    const patience = Math.max(1, Math.ceil(terms.due - began));
    try {
      return await routes.use(generation => generation.ask(method, params, terms), {
        deadlineMs: patience,
        signal: terms.signal,
      });
    } finally {
      ports.onDone(performance.now() - began);
    }
  };

  function hand(letter: Letter, { subscriptions, registrations, instance }: Generation): void {
    if (letter.kind === 'message') {
      if (registrations.listening) instance.tell('message', { message: letter.message }, letter.size);
      return;
    }
    const { name, from, data } = letter;
    const patterns = subscriptions.match(name);
    if (patterns.length === 0) return;
    instance.tell('event', { name, from, data, patterns }, letter.size);
    ports.onDone();
  }

  return {
    ask,
    run: (method, args, deadlineMs, signal) =>
      ask('invoke', { method, args }, { due: performance.now() + deadlineMs, chain: [], signal }),
    tell: letter => {
      // What waits for a reload is bounded like what waits for a plugin that does not read.
      const size = routes.held ? letter.size() : 0;
      if (heldBytes + size > MAILBOX.bytes) {
        if (lost++ === 0)
          ports.log('host', 'warn', 'Events come faster than the reload ends: some are lost.');
        return;
      }
      heldBytes += size;
      routes.post(
        generation => {
          heldBytes -= size;
          lost = 0;
          hand(letter, generation);
        },
        () => {
          heldBytes -= size;
        },
      );
    },
  };
}

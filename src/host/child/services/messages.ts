import { toDisposable } from '../../../base/index.ts';
import type { Json, PluginErrorData, PluginMessage } from '../../../protocol/plugin/index.ts';
import { PluginCallError } from '../../../sdk/connection/index.ts';
import type {
  CallOptions,
  MessageHandler,
  Messages,
  PluginResponse,
  Plugins,
} from '../../../sdk/node/package/index.d.ts';
import { errorName } from '../error-name.ts';
import type { HostLink } from '../host-link.ts';
import { readTyped, writeTyped } from '../typed.ts';
import type { Registrations } from './registrations.ts';

/** The plugin's messages to others. */
export interface MessageService {
  readonly api: Messages;
  readonly plugins: Plugins;
  /** Hands a broadcast to the plugin's handlers. */
  deliver(message: PluginMessage): void;
}

/**
 * Makes the messages; the host is asked for broadcasts while there are handlers.
 *
 * @param onError receives what a handler throws or rejects with
 */
export function createMessages(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): MessageService {
  const handlers = new Set<{ readonly handler: MessageHandler }>();

  async function send(
    plugin: string,
    method: string,
    args: unknown,
    { signal, typed, ...more }: CallOptions & { readonly id?: string } = {},
  ): Promise<Json> {
    if (!typed) return link.call('messages/call', { plugin, method, args: args as Json, ...more }, signal);
    const tagged = { plugin, method, args: writeTyped(args), typed, ...more };
    // It may be more than JSON; the overload for typed calls says so.
    return readTyped(await link.call('messages/call', tagged, signal)) as Json;
  }

  async function request(
    plugin: string,
    method: string,
    args: Json | undefined,
    options?: CallOptions,
  ): Promise<PluginResponse> {
    // The global one: importing node:crypto would take a tenth of every plugin's start.
    const correlationId = crypto.randomUUID();
    const response = { id: crypto.randomUUID(), correlationId };
    try {
      const data = await send(plugin, method, args ?? null, { ...options, id: correlationId });
      return { ...response, success: true, data };
    } catch (error) {
      if (!(error instanceof PluginCallError)) throw error;
      return { ...response, success: false, error: describeError(error) };
    }
  }

  const call = async (plugin: string, method: string, args?: Json, options?: CallOptions): Promise<Json> =>
    send(plugin, method, args ?? null, options);

  return {
    plugins: { call: call as Plugins['call'] },
    api: {
      call: call as Messages['call'],
      request,
      broadcast: async (method, data, { to, correlation } = {}) =>
        link.call('messages/broadcast', {
          method,
          data: data ?? null,
          ...(to === undefined ? {} : { to }),
          ...(correlation === undefined ? {} : { correlation }),
        }),
      onMessage: handler => {
        if (typeof handler !== 'function') throw new TypeError('The handler of messages is no function.');
        const entry = { handler };
        handlers.add(entry);
        if (handlers.size === 1) {
          registrations.add(link.call('messages/listen', {}), () => handlers.delete(entry));
        }
        return toDisposable(() => {
          if (handlers.delete(entry) && handlers.size === 0) {
            link.call('messages/unlisten', {}).catch(onError);
          }
        });
      },
    },
    deliver: message => {
      for (const { handler } of [...handlers]) {
        // In a promise of its own, so that one handler that throws does not keep the message from the others.
        new Promise(resolve => resolve(handler(message))).catch(onError);
      }
    },
  };
}

function describeError({ code, message, data }: PluginCallError): NonNullable<PluginResponse['error']> {
  const { code: word, details } = (data ?? {}) as Partial<PluginErrorData>;
  return {
    code: word ?? errorName(code),
    message,
    ...(details === undefined ? {} : { details }),
  };
}

import { ErrorCode, type LogLevel, type PluginToHostRequests } from '../../protocol/plugin/index.ts';
import { WireError, type WirePeer } from '../../protocol/wire/index.ts';
import { PermissionDeniedError, PluginCallError } from '../../sdk/connection/index.ts';
import type { CurrentCall } from './current-call.ts';
import { createInFlight } from './in-flight.ts';

/** How the services reach the host. */
export interface HostLink {
  /** @throws PluginCallError whose stack is that of the caller. */
  call<M extends keyof PluginToHostRequests>(
    method: M,
    params: PluginToHostRequests[M][0],
    signal?: AbortSignal,
  ): Promise<PluginToHostRequests[M][1]>;
  /** Writes to the plugin's log; a message that is too long is cut. */
  log(level: LogLevel, message: string): void;
}

/** Longest log message, in UTF-16 code units. */
const MAX_LOG = 64 * 1024;

/** The requests by which others are made to work. */
const reaching: ReadonlySet<keyof PluginToHostRequests> = new Set([
  'commands/execute',
  'messages/call',
  'hooks/run',
  'middleware/run',
  'providers/call',
]);

/**
 * Requests that are with the host at the same time: it refuses more than 1024. What makes other plugins work has a
 * limit of its own, so that they, when they in turn need this plugin, don't wait behind what waits for them.
 */
const MOST_TO_PLUGINS = 512;
const MOST_TO_HOST = 256;

/**
 * Makes the link over a peer.
 *
 * @param current is told to the host where others are made to work, so that their calls end with the one at hand
 */
export function createHostLink(
  peer: Pick<WirePeer, 'request' | 'notify'>,
  current: Pick<CurrentCall, 'token'>,
): HostLink {
  const toPlugins = createInFlight(MOST_TO_PLUGINS);
  const toHost = createInFlight(MOST_TO_HOST);

  return {
    call: (method, given, signal) => {
      const lane = reaching.has(method) ? toPlugins : toHost;
      const during = lane === toPlugins ? current.token() : undefined;
      const params = during === undefined ? given : { ...given, during };
      // Taken now: once the answer is here, nothing on the stack tells who asked.
      const caller: { stack?: string } = {};
      Error.captureStackTrace(caller);
      const answer = lane.run(() => peer.request(method, params, signal ? { signal } : {}), signal);
      return answer.catch((error: unknown) => {
        throw describeFailure(method, error, caller);
      }) as Promise<PluginToHostRequests[typeof method][1]>;
    },
    log: (level, message) => {
      const text = message.length <= MAX_LOG ? message : `${message.slice(0, MAX_LOG)}… (cut)`;
      peer.notify('log', { level, message: text });
    },
  };
}

function describeFailure(method: string, error: unknown, caller: { stack?: string }): unknown {
  if (!(error instanceof WireError)) return error;
  const { code, message, data } = error;
  const failure =
    code === ErrorCode.PermissionDenied
      ? new PermissionDeniedError(message, { method, code, data: data ?? {} })
      : new PluginCallError(message, { method, code, data });
  const frames = caller.stack?.slice(caller.stack.indexOf('\n')) ?? '';
  failure.stack = `${failure.name}: ${message}${frames}`;
  return failure;
}

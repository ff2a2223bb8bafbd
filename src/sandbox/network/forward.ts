import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../base/index.ts';
import { counted, type TrafficCount } from './counted.ts';
import { DialError, dial, findAddresses, type Resolve } from './dial.ts';
import { type NetworkGuard, type NetworkPermit, NetworkRefusal, type NetworkWish } from './guard.ts';
import { ambiguity, passOn } from './headers.ts';
import type { NetworkRule } from './rules.ts';
import { readTarget, type Target, usualPort } from './target.ts';

/** What a request is carried out with. */
export interface ForwardPorts {
  readonly guard: NetworkGuard;
  readonly resolve: Resolve;
  readonly traffic: TrafficCount;
  /** Aborts when the proxy closes. */
  readonly signal: AbortSignal;
}

/** A request that is not carried out, with the status that says so. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Carries out one request and answers it, or says why not. Never rejects.
 *
 * @param tunnel where the tunnel leads that the request came through; `undefined` for one that names its target itself
 */
export async function forwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  tunnel: Target | undefined,
  ports: ForwardPorts,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await forward(request, response, tunnel, {
      ...ports,
      signal: AbortSignal.any([ports.signal, gone.signal]),
    });
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    response.writeHead(statusOf(error), { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(`${messageOf(error)}\n`);
    request.resume();
  }
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  tunnel: Target | undefined,
  { guard, resolve, traffic, signal }: ForwardPorts,
): Promise<void> {
  const unclear = ambiguity(request.rawHeaders);
  if (unclear !== undefined) throw new Refusal(400, unclear);
  const { protocol, target, path } = readDestination(request, tunnel);
  const method = (request.method ?? 'GET').toUpperCase();
  const wish: NetworkWish = { protocols: [protocol], target, method };
  const permit = guard.permit(wish);
  const addresses = await find(target, permit.rule, wish, { guard, resolve });
  const end = endOf(permit, signal);
  const socket = await dial(addresses, target.port, end);
  const connection = protocol === 'https' ? encrypt(socket, target) : socket;
  end.addEventListener('abort', () => connection.destroy(), { once: true });

  const hasBody =
    request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  const headers = [
    ...[['Host', hostHeader(target, protocol)] as const],
    ...passOn(request.rawHeaders),
    ...(request.headers['transfer-encoding'] === undefined
      ? []
      : [['Transfer-Encoding', 'chunked'] as const]),
    ...[['Connection', 'close'] as const],
  ].flat();
  const onward = httpRequest({ method, path, headers, createConnection: () => connection, setHost: false });
  const answered = answerOf(onward);
  const sending = hasBody
    ? pipeline(request, counted(traffic, 'sent', permit.maxBytes), onward)
    : Promise.resolve(onward.end());
  // A server may answer before it has read everything; what matters then is its answer.
  sending.catch(() => {});
  const answer = await Promise.race([answered, sending.then(() => answered)]);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passOn(answer.rawHeaders).flat());
  await pipeline(answer, counted(traffic, 'received', permit.maxBytes), response);
}

interface Destination {
  readonly protocol: 'http' | 'https';
  readonly target: Target;
  /** With the query. */
  readonly path: string;
}

/** Where a request goes; the Host header has to say the same. */
function readDestination(request: IncomingMessage, tunnel: Target | undefined): Destination {
  const url = request.url ?? '';
  if (tunnel !== undefined) {
    if (!url.startsWith('/') && url !== '*')
      throw new Refusal(400, 'Within a tunnel a request names a path.');
    requireHost(request, tunnel, 'http');
    return { protocol: 'http', target: tunnel, path: url };
  }
  const found = /^(https?):\/\/([^/?#]*)([^#]*)$/i.exec(url);
  const protocol = found?.[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const target = readTarget(found?.[2] ?? '', usualPort(protocol));
  if (target === undefined)
    throw new Refusal(400, 'A proxy is asked for “http://host/path” or for a tunnel.');
  requireHost(request, target, protocol);
  const path = found?.[3] ?? '';
  return { protocol, target, path: path.startsWith('/') ? path : `/${path}` };
}

function requireHost(request: IncomingMessage, target: Target, protocol: string): void {
  const said = readTarget(request.headers.host ?? '', usualPort(protocol));
  if (said?.host === target.host && said.port === target.port) return;
  throw new Refusal(
    400,
    `The Host header says “${request.headers.host}”, but the request is for ${target.host}.`,
  );
}

function hostHeader({ host, port }: Target, protocol: string): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === usualPort(protocol) ? name : `${name}:${port}`;
}

function encrypt(socket: Socket, { host, isAddress }: Target): Socket {
  // A certificate that does not fit is an error of the connection, which the request reports.
  return connectTls({ socket, host, ...(isAddress ? {} : { servername: host }) });
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    // An answer that changes the protocol was not asked for.
    request.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Refusal(502, 'The server wants to speak another protocol.'));
    });
  });
}

/** Where a target is; one that leads where it may not is written down. @throws DialError */
export async function find(
  target: Target,
  rule: NetworkRule,
  wish: NetworkWish,
  { guard, resolve }: Pick<ForwardPorts, 'guard' | 'resolve'>,
): Promise<readonly string[]> {
  try {
    return await findAddresses(target, rule, resolve);
  } catch (error) {
    if (error instanceof DialError && error.reason === 'forbiddenAddress') guard.refuse(wish, error.message);
    throw error;
  }
}

/** Aborts when the permit ends or the signal does. */
export function endOf({ expiresAt }: NetworkPermit, signal: AbortSignal): AbortSignal {
  if (expiresAt === undefined) return signal;
  const left = Math.min(Math.max(0, expiresAt - Date.now()), 2 ** 31 - 1);
  return AbortSignal.any([signal, AbortSignal.timeout(left)]);
}

/** The status for a request that was not carried out. */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  if (error instanceof NetworkRefusal) return error.isRate ? 429 : 403;
  if (!(error instanceof DialError)) return 502;
  if (error.reason === 'forbiddenAddress') return 403;
  return error.reason === 'timeout' ? 504 : 502;
}

import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { messageOf } from '../../../base/index.ts';
import { ErrorCode, type FetchParams, type FetchResult } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import {
  DialError,
  dial,
  findAddresses,
  type Resolve,
  readTarget,
  resolveBySystem,
  type Target,
  usualPort,
} from '../../../sandbox/network/index.ts';
import { readBody } from './body.ts';
import type { PluginNetworkGuard } from './guard.ts';
import { checkHeaders, type HeaderPair } from './request-headers.ts';

/** Most bytes of a body, either way. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 20;

/** One request on its way, which a redirect turns into another. */
interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** Sends requests of a plugin to hosts that its manifest names. */
export interface Fetch {
  /**
   * Sends it, and again after each redirect, every one of which is decided anew.
   *
   * @throws WireError `PermissionDenied`, `LimitExceeded` (a body too large, a rate), `DeadlineExceeded`, `Cancelled`,
   * `NotFound` (no such host), `ConnectionClosed` (no connection, or it broke), `InvalidParams`
   */
  send(params: FetchParams, signal: AbortSignal): Promise<FetchResult>;
}

/**
 * Makes the fetch of one instance.
 *
 * @param mostOpen how many requests may be on their way at once, at this moment
 * @param resolve how names are resolved; by the system when absent
 */
export function createFetch(
  guard: PluginNetworkGuard,
  mostOpen: () => number,
  resolve: Resolve = resolveBySystem,
): Fetch {
  let open = 0;

  async function send(params: FetchParams, signal: AbortSignal): Promise<FetchResult> {
    if (open >= mostOpen()) {
      const message = 'The plugin has as many connections open as it may have.';
      throw new WireError(ErrorCode.LimitExceeded, message);
    }
    open++;
    const timeoutMs = params.timeout ?? DEFAULT_TIMEOUT_MS;
    const late = AbortSignal.timeout(timeoutMs);
    const abort = AbortSignal.any([signal, late]);
    try {
      return await follow(firstHop(params), params.redirect ?? 'follow', abort);
    } catch (error) {
      if (signal.aborted) throw new WireError(ErrorCode.Cancelled, 'The request was cancelled.');
      if (late.aborted)
        throw new WireError(ErrorCode.DeadlineExceeded, `${params.url} took more than ${timeoutMs} ms.`);
      throw explain(error, params.url);
    } finally {
      open--;
    }
  }

  async function follow(
    first: Hop,
    redirect: 'follow' | 'manual' | 'error',
    signal: AbortSignal,
  ): Promise<FetchResult> {
    let hop = first;
    for (let count = 0; ; count++) {
      const { response, close, maxBytes } = await exchange(hop, signal);
      try {
        const next = nextHop(hop, response);
        if (next === undefined || redirect === 'manual') return await finish(hop, response, maxBytes, signal);
        if (redirect === 'error') throw failed(`${hop.url.href} redirects to ${next.url.href}`);
        if (count >= MOST_REDIRECTS)
          throw failed(`${first.url.href} redirects more than ${MOST_REDIRECTS} times`);
        hop = next;
      } finally {
        close();
      }
    }
  }

  /** One request and the head of its answer, on a connection of its own. */
  async function exchange(hop: Hop, signal: AbortSignal) {
    const wish = wishFor(hop.url, hop.method);
    const { rule, maxBytes = MAX_BODY_BYTES } = guard.permitRequest(wish);
    if (hop.body.length > maxBytes)
      throw new WireError(ErrorCode.LimitExceeded, `The manifest allows ${maxBytes} bytes.`);
    const addresses = await findAddresses(wish.target, rule, resolve).catch(error => {
      if (!(error instanceof DialError) || error.reason !== 'forbiddenAddress') throw error;
      throw guard.refuseRequest(wish, error.message);
    });
    const socket = await dial(addresses, wish.target.port, signal);
    const connection = hop.url.protocol === 'https:' ? encrypt(socket, wish.target) : socket;
    const abort = (): void => void connection.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    const close = (): void => {
      signal.removeEventListener('abort', abort);
      connection.destroy();
    };
    try {
      return { response: await ask(hop, connection), close, maxBytes };
    } catch (error) {
      close();
      throw error;
    }
  }

  return { send };
}

function wishFor(url: URL, method: string) {
  const protocol = url.protocol.slice(0, -1);
  const target = readTarget(url.host, usualPort(protocol));
  if (target === undefined) throw new WireError(ErrorCode.InvalidParams, `${url.href} names no host.`);
  return { protocols: [protocol], target, method };
}

function firstHop({ url, method = 'GET', headers = [], body = '' }: FetchParams): Hop {
  const bytes = Buffer.from(body, 'base64');
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  return { url: readUrl(url), method: method.toUpperCase(), headers: checkHeaders(headers), body: bytes };
}

function readUrl(text: string): URL {
  const bad = (why: string): WireError => new WireError(ErrorCode.InvalidParams, `The URL ${why}.`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw bad('can’t be read');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad('is neither http nor https');
  // They would be sent along, and make a host look like another one.
  if (url.username !== '' || url.password !== '') throw bad('holds a user name or a password');
  url.hash = '';
  return url;
}

/** What a redirect asks for next (Fetch, HTTP-redirect fetch); `undefined` when it is none. */
function nextHop(hop: Hop, { statusCode = 0, headers }: IncomingMessage): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const url = readUrl(new URL(headers.location, hop.url).href);
  const drops =
    (...names: string[]) =>
    (pair: HeaderPair) =>
      !names.includes(pair[0].toLowerCase());
  // What was meant for one host is not shown to another.
  const kept =
    url.origin === hop.url.origin ? hop.headers : hop.headers.filter(drops('authorization', 'cookie'));
  const becomesGet =
    ((statusCode === 301 || statusCode === 302) && hop.method === 'POST') ||
    (statusCode === 303 && hop.method !== 'GET' && hop.method !== 'HEAD');
  if (!becomesGet) return { ...hop, url, headers: kept };
  const about = ['content-type', 'content-encoding', 'content-language', 'content-location'];
  return { url, method: 'GET', headers: kept.filter(drops(...about)), body: Buffer.alloc(0) };
}

function encrypt(socket: Socket, { host, isAddress }: Target): Socket {
  return connectTls({ socket, host, ...(isAddress ? {} : { servername: host }) });
}

function ask({ url, method, headers, body }: Hop, connection: Socket): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const has = (name: string) => headers.some(pair => pair[0].toLowerCase() === name);
    const request: ClientRequest = httpRequest({
      method,
      path: `${url.pathname}${url.search}`,
      headers: [
        ['Host', url.host] as const,
        ...headers,
        ...(has('accept') ? [] : [['Accept', '*/*'] as const]),
        ...(has('accept-encoding') ? [] : [['Accept-Encoding', 'gzip, deflate, br'] as const]),
        ...(has('user-agent') ? [] : [['User-Agent', 'plugin-workbench'] as const]),
        ...(body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)
          ? [['Content-Length', `${body.length}`] as const]
          : []),
        ['Connection', 'close'] as const,
      ].flat(),
      createConnection: () => connection,
      setHost: false,
    });
    request.once('response', resolve);
    request.once('upgrade', () => reject(failed(`${url.host} wants to speak another protocol`)));
    request.on('error', reject);
    request.end(body);
  });
}

async function finish(
  hop: Hop,
  response: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FetchResult> {
  const { bytes, headers } = await readBody(response, Math.min(maxBytes, MAX_BODY_BYTES), signal);
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    url: hop.url.href,
    headers,
    body: bytes.toString('base64'),
  };
}

function tooLarge(): WireError {
  return new WireError(ErrorCode.LimitExceeded, `A body may have ${MAX_BODY_BYTES} bytes.`);
}

function failed(message: string): WireError {
  return new WireError(ErrorCode.ConnectionClosed, `${message}.`);
}

function explain(error: unknown, url: string): unknown {
  if (error instanceof WireError) return error;
  if (error instanceof DialError) {
    const code = error.reason === 'unresolved' ? ErrorCode.NotFound : ErrorCode.ConnectionClosed;
    return new WireError(code, `${url}: ${error.message}.`);
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_INVALID_') || code === 'ERR_UNESCAPED_CHARACTERS') {
    return new WireError(ErrorCode.InvalidParams, `${url}: ${messageOf(error)}`);
  }
  return code === undefined ? error : failed(`${url}: ${messageOf(error)}`);
}

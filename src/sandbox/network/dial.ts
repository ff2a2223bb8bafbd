import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { allowsAddress, type NetworkRule } from './rules.ts';
import type { Target } from './target.ts';

/** Why there is no connection. */
export type DialFailure = 'unresolved' | 'forbiddenAddress' | 'unreachable' | 'timeout';

/** Thrown when a target can't be reached, or not be allowed to. */
export class DialError extends Error {
  readonly reason: DialFailure;
  /** For `forbiddenAddress`: where the name leads. */
  readonly address: string | undefined;

  constructor(reason: DialFailure, message: string, address?: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DialError';
    this.reason = reason;
    this.address = address;
  }
}

/** All addresses of a name, in the order to try them. Rejects when it has none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Asks the system: its hosts file, then DNS. */
export const resolveBySystem: Resolve = async host =>
  (await lookup(host, { all: true, verbatim: true })).map(found => found.address);

const CONNECT_MS = 15_000;

/**
 * Finds where a target is, and keeps what the rule allows of it. The name is resolved once: connect to just these
 * addresses, for a second look-up could give another answer.
 *
 * @throws DialError
 */
export async function findAddresses(
  target: Target,
  rule: NetworkRule,
  resolve: Resolve,
): Promise<readonly string[]> {
  const addresses = await addressesOf(target, resolve);
  const own = ownAddresses();
  const allowed = addresses.filter(address => allowsAddress(rule, address, own));
  if (allowed.length > 0) return allowed;
  const message = `${target.host} leads to ${addresses[0]}, which is not on the internet`;
  throw new DialError('forbiddenAddress', message, addresses[0]);
}

/**
 * Connects to the first of the addresses that answers.
 *
 * @param addresses at least one, all checked
 * @throws DialError; the reason of `signal` when it is aborted
 */
export async function dial(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  let failure: unknown;
  for (const address of addresses) {
    signal.throwIfAborted();
    try {
      return await connectTo(address, port, signal);
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    }
  }
  if (failure instanceof DialError) throw failure;
  const { code } = failure as NodeJS.ErrnoException;
  throw new DialError(
    'unreachable',
    `port ${port} of ${addresses[0]} can't be reached (${code})`,
    undefined,
    failure,
  );
}

async function addressesOf({ host, isAddress }: Target, resolve: Resolve): Promise<readonly string[]> {
  if (isAddress) return [host];
  // Never asked of anybody: a resolver could answer it with an address elsewhere.
  if (host === 'localhost') return ['127.0.0.1', '::1'];
  try {
    const found = await resolve(host);
    if (found.length > 0) return found;
  } catch (cause) {
    throw new DialError('unresolved', `there is no host ${host}`, undefined, cause);
  }
  throw new DialError('unresolved', `there is no host ${host}`);
}

function connectTo(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', fail);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const abort = (): void => fail(signal.reason);
    const late = (): void => fail(new DialError('timeout', `${host}:${port} did not answer`));
    const timer = setTimeout(late, CONNECT_MS);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      settle();
      resolve(socket);
    });
  });
}

/** A service of this machine is no less its own for listening on a public address. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap(found => (found ?? []).map(({ address }) => address));
}

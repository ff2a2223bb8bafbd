import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../base/index.ts';
import { type FirstBytes, MAX_HELLO_BYTES, readFirstBytes } from './client-hello.ts';
import { counted } from './counted.ts';
import { dial } from './dial.ts';
import { endOf, type ForwardPorts, find, statusOf } from './forward.ts';
import type { NetworkWish } from './guard.ts';
import { plainAnswer } from './plain-answer.ts';
import { normalizeHost, readTarget, type Target } from './target.ts';

/** How long the plugin may take to say what the tunnel is for, in milliseconds. */
const HELLO_MS = 30_000;

/**
 * Opens the tunnel a CONNECT asks for and carries it to its end. Nothing is connected before the first bytes are
 * there and fit what is granted: TLS has to name the host that the tunnel leads to. Never rejects.
 *
 * @param onPlain takes over a tunnel that carries HTTP in the clear
 */
export async function openTunnel(
  request: IncomingMessage,
  socket: Duplex,
  ports: ForwardPorts,
  onPlain: (target: Target) => void,
): Promise<void> {
  let isOpen = false;
  try {
    const target = readTarget(request.url ?? '');
    if (target === undefined)
      return void socket.end(plainAnswer('400 Bad Request', 'CONNECT asks for host:port.'));
    // Which of them it is shows in the first bytes; here it is only seen whether there is any use in looking.
    const rule = ports.guard.ruleFor(target);
    if (rule === undefined) ports.guard.permit(tlsTo(target));
    else await find(target, rule, tlsTo(target), ports);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    isOpen = true;
    const { first, bytes } = await readFirst(socket);
    if (bytes.length > 0) socket.unshift(bytes);
    if (first.kind === 'other') return onPlain(target);
    await carryTls(socket, target, first, ports);
  } catch (error) {
    if (isOpen || !socket.writable) return void socket.destroy();
    const status = statusOf(error);
    socket.end(plainAnswer(`${status} ${STATUS_CODES[status]}`, messageOf(error)));
  }
}

async function carryTls(
  socket: Duplex,
  target: Target,
  first: FirstBytes,
  ports: ForwardPorts,
): Promise<void> {
  const { guard, traffic, signal } = ports;
  const wish = tlsTo(target);
  const permit = guard.permit(wish);
  const why = whyNot(first, target);
  if (why !== undefined) {
    guard.refuse(wish, why);
    throw new Error(why);
  }
  const addresses = await find(target, permit.rule, wish, ports);
  const end = endOf(permit, signal);
  const far = await dial(addresses, target.port, end);
  far.setTimeout(IDLE_MS, () => far.destroy());
  const close = (): void => {
    far.destroy();
    socket.destroy();
  };
  end.addEventListener('abort', close, { once: true });
  // What was taken back ends what it has opened.
  const watch = setInterval(() => {
    if (guard.ruleFor(target) === undefined) close();
  }, RECHECK_MS).unref();
  try {
    await Promise.all([
      pipeline(socket, counted(traffic, 'sent', permit.maxBytes), far),
      pipeline(far, counted(traffic, 'received', permit.maxBytes), socket),
    ]);
  } finally {
    clearInterval(watch);
    end.removeEventListener('abort', close);
    close();
  }
}

function tlsTo(target: Target): NetworkWish {
  return { protocols: ['https', 'wss'], target, method: undefined };
}

/** Why the start of a TLS connection is not what the tunnel was asked for. */
function whyNot(first: FirstBytes, target: Target): string | undefined {
  if (first.kind !== 'hello') return 'the tunnel does not begin with TLS as it should';
  const name = first.serverName === undefined ? undefined : normalizeHost(first.serverName);
  if (target.isAddress && first.serverName === undefined) return undefined;
  if (name === target.host) return undefined;
  return `the tunnel is for ${target.host}, but its TLS asks for ${first.serverName ?? 'no name'}`;
}

/** Reads until it is plain what the connection is. */
function readFirst(socket: Duplex): Promise<{ readonly first: FirstBytes; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      socket.removeListener('data', take).removeListener('close', lost).removeListener('end', lost);
      socket.pause();
      act();
    };
    const lost = (): void => settle(() => reject(new Error('The tunnel was closed.')));
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const first = readFirstBytes(bytes);
      if (first.kind !== 'incomplete') settle(() => resolve({ first, bytes }));
      else if (bytes.length > MAX_HELLO_BYTES) settle(() => resolve({ first: { kind: 'malformed' }, bytes }));
    };
    const timer = setTimeout(lost, HELLO_MS);
    socket.on('data', take).on('close', lost).on('end', lost);
  });
}

/** How often an open tunnel is compared with what is granted by now, in milliseconds. */
const RECHECK_MS = 500;

/** A tunnel that says nothing for so long is closed; in milliseconds. */
const IDLE_MS = 120_000;

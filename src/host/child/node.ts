/**
 * The program that runs a plugin for Node inside the sandbox: it speaks with the host on file descriptor 3 and lives
 * as long as that connection.
 */
import { Socket } from 'node:net';
import { createWirePeer } from '../../protocol/wire/index.ts';
import { PermissionDeniedError, PluginCallError, publishConnection } from '../../sdk/connection/index.ts';
import { createCurrentCall } from './current-call.ts';
import { createHostLink } from './host-link.ts';
import { observeAttempts } from './observe.ts';
import { provideSdk } from './provide-sdk.ts';
import { createSession } from './session.ts';
import { stackOf } from './stack.ts';

const WIRE = 3;

/** How long the last words of a crashing process may take, in milliseconds. */
const LAST_WORDS_TIMEOUT = 1000;

/**
 * Requests and notifications a second. The host hangs up above 5000; a plugin in a hurry is slowed down here instead.
 */
const PACE = 4000;

function openWire(): Socket {
  try {
    return new Socket({ fd: WIRE, readable: true, writable: true });
  } catch {
    process.stderr.write('This program is started by a plugin host, with a socket as file descriptor 3.\n');
    process.exit(2);
  }
}

function main(): void {
  const peer = createWirePeer(openWire(), {
    // The host is trusted, and never made to wait: were both sides to wait for the other to read, neither would.
    limits: {
      maxMessagesPerSecond: Number.POSITIVE_INFINITY,
      maxConcurrentRequests: Number.POSITIVE_INFINITY,
    },
    pace: PACE,
    onRequest: (method, params, signal) => session.handle(method, params, signal),
    onNotification: (method, params) => session.notice(method, params),
    onViolation: ({ message }) =>
      process.stderr.write(`The host sent what the protocol does not allow: ${message}\n`),
    // With the code a crash has set, if there was one.
    onClose: () => process.exit(),
  });
  const current = createCurrentCall();
  const link = createHostLink(peer, current);
  const session = createSession(link, current);
  observeAttempts(seen => peer.notify('observed', seen));
  publishConnection({ PluginCallError, PermissionDeniedError });
  provideSdk(process.env);

  // Rejections nobody handles come here, too.
  process.on('uncaughtException', error => {
    link.log('error', `The plugin crashed. ${stackOf(error) ?? String(error)}`);
    process.exitCode = 1;
    const exit = (): never => process.exit();
    setTimeout(exit, LAST_WORDS_TIMEOUT);
    void peer.end().then(exit);
  });
}

main();

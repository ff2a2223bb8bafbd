import { Socket } from 'node:net';
import { fetchHandle } from './enter.ts';

/** Connects where it is started, hands the socket to whoever started it, and ends. */
const connectAndHandOver = `
  const socket = require('node:net').connect({
    port: Number(process.argv[1]), host: '127.0.0.1', noDelay: true,
  });
  const fail = error => process.send({ error: error.code || String(error) }, () => process.exit(1));
  socket.on('error', fail);
  socket.once('connect', () => {
    process.send({}, socket, error => error ? fail(error) : process.exit(0));
  });
`;

/**
 * Connects to a port of the loopback interface inside the network namespace of a process. Whoever listens there must
 * not speak first.
 *
 * @param pid a process launched with the network policy `entered`
 * @throws WorkbenchError `PW-SANDBOX-NETWORK`; the reason of `signal` when it is aborted
 */
export async function connectInside(pid: number, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = await fetchHandle(
    pid,
    connectAndHandOver,
    `${port}`,
    'The connection to the plugin',
    signal,
  );
  if (socket instanceof Socket) return socket;
  throw new Error('Another handle than a socket came back.');
}

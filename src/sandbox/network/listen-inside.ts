import { Server } from 'node:net';
import { fetchHandle } from './enter.ts';

/** Listens where it is started, hands the socket to whoever started it, and ends. */
const listenAndHandOver = `
  const server = require('node:net').createServer();
  const fail = error => process.send({ error: error.code || String(error) }, () => process.exit(1));
  server.on('error', fail);
  server.listen(Number(process.argv[1]), '127.0.0.1', () => {
    process.send({}, server, error => error ? fail(error) : process.exit(0));
  });
`;

/**
 * Listens on the loopback interface inside the network namespace of a process. Afterwards nothing of the workbench is
 * left in there: a socket belongs to the namespace it was made in, whoever serves it.
 *
 * @param pid a process launched with the network policy `entered`
 * @throws WorkbenchError `PW-SANDBOX-NETWORK`; the reason of `signal` when it is aborted
 */
export async function listenInside(pid: number, port: number, signal: AbortSignal): Promise<Server> {
  const server = await fetchHandle(pid, listenAndHandOver, `${port}`, "The plugin's proxy", signal);
  if (server instanceof Server) return server;
  throw new Error('Another handle than a server came back.');
}

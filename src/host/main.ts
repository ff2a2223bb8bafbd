import path from 'node:path';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { messageOf } from '../base/index.ts';
import { serveDebugHost } from './serve.ts';

/**
 * The entry of the debug host process: speaks the editor protocol over stdin and stdout until stdin ends, then stops
 * every plugin and ends.
 */

// Nothing but messages may go to stdout; what a library prints goes to the log.
const toStderr = (...values: readonly unknown[]): void => {
  process.stderr.write(
    `${values.map(value => (value instanceof Error ? value.stack : String(value))).join(' ')}\n`,
  );
};
Object.assign(console, { log: toStderr, info: toStderr, debug: toStderr, warn: toStderr, error: toStderr });

// A bug ends the process rather than leave it in a state nobody thought of; the editor shows it and starts anew.
// Plugins go with it: their sandboxes die with their parent.
process.on('uncaughtException', error => {
  toStderr(error);
  process.exit(70);
});

const service = serveDebugHost(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
  {
    childScript: path.join(__dirname, 'child', 'node.cjs'),
    sdkDir: path.join(__dirname, 'sdk', 'node'),
  },
);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => service.close());

service.closed.then(
  () => process.exit(0),
  (error: unknown) => {
    toStderr(`The debug host could not stop cleanly: ${messageOf(error)}`);
    process.exit(1);
  },
);

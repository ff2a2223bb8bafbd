import { writeSync } from 'node:fs';
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
  const text = values.map(value => (value instanceof Error ? value.stack : String(value))).join(' ');
  try {
    // At once, so that it is not lost when the process ends next.
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody reads it, or the pipe is full.
  }
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
    sdkRoot: path.join(__dirname, 'sdk'),
  },
);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => service.close());

/** How long the last answers may take to reach an editor that does not read, in milliseconds. */
const LAST_ANSWERS_MS = 2000;

service.closed.then(
  () => {
    // Nothing else keeps the process alive, so that it ends once what it has said is written.
    process.stdin.destroy();
    setTimeout(() => process.exit(0), LAST_ANSWERS_MS).unref();
  },
  (error: unknown) => {
    toStderr(`The debug host could not stop cleanly: ${messageOf(error)}`);
    process.exit(1);
  },
);

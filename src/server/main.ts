/**
 * The language server process. It speaks over stdin and stdout (`--stdio`) or the channel of a parent Node process
 * (`--node-ipc`), with any client.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'vscode-languageserver/node';
import { messageOf } from '../base/index.ts';
import { startServer } from './index.ts';

const connection = createConnection();

// A bug in one request must not take the editor's diagnostics away for the rest of the session.
process.on('uncaughtException', error => connection.console.error(error.stack ?? error.message));
process.on('unhandledRejection', reason =>
  connection.console.error(reason instanceof Error ? (reason.stack ?? reason.message) : messageOf(reason)),
);

startServer(connection, {
  loadWasm: name => readFile(join(__dirname, 'wasm', name)),
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';

/** The built language server over stdio, as an editor starts it. */
export interface LanguageServer {
  readonly connection: MessageConnection;
  readonly pid: number;
  /** Milliseconds from `initialized` until the whole workspace was checked. */
  readonly scanMs: number;
  open(file: string, text: string): Promise<void>;
  /** Replaces a stretch of one line in an open document; answers with the new version. */
  type(file: string, line: number, from: number, to: number, text: string): Promise<number>;
  /** Resolves with the next diagnostics of a file that fit. */
  diagnostics(
    file: string,
    fits: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  stop(): Promise<void>;
}

/** Starts it on a workspace and waits until that has been checked. Needs the build. */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const script = fileURLToPath(new URL('../dist/server.cjs', import.meta.url));
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = connect(child);
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    for (const take of [...waiting]) take(params);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  const scanned = new Promise<void>(resolve => {
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      if (value.kind === 'end') resolve();
    });
  });
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: {
      window: { workDoneProgress: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  const began = performance.now();
  await connection.sendNotification('initialized', {});
  await scanned;
  const scanMs = performance.now() - began;

  const versions = new Map<string, number>();
  const uriOf = (file: string): string => pathToFileURL(file).href;
  return {
    connection,
    pid: child.pid ?? 0,
    scanMs,
    open: async (file, text) => {
      versions.set(file, 1);
      const textDocument = { uri: uriOf(file), languageId: 'json', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    type: async (file, line, from, to, text) => {
      const version = (versions.get(file) ?? 0) + 1;
      versions.set(file, version);
      const range = { start: { line, character: from }, end: { line, character: to } };
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version },
        contentChanges: [{ range, text }],
      });
      return version;
    },
    diagnostics: (file, fits) =>
      new Promise(resolve => {
        const wanted = uriOf(file);
        const take = (params: PublishDiagnosticsParams): void => {
          if (params.uri !== wanted || !fits(params)) return;
          waiting.delete(take);
          resolve(params);
        };
        waiting.add(take);
      }),
    stop: async () => {
      const ended = once(child, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

/** A bare node that sends every message back as a notification: what the pipes and the framing cost alone. */
export interface EchoPeer {
  readonly connection: MessageConnection;
  readonly pid: number;
  /** Sends a message of that many characters; resolves when it is back. */
  echo(characters: number): Promise<void>;
  stop(): Promise<void>;
}

const echoProgram = `
let rest = Buffer.alloc(0);
process.stdin.on('data', chunk => {
  rest = Buffer.concat([rest, chunk]);
  for (;;) {
    const head = rest.indexOf('\\r\\n\\r\\n');
    if (head < 0) return;
    const length = Number(/Content-Length: (\\d+)/.exec(rest.subarray(0, head).toString())[1]);
    if (rest.length < head + 4 + length) return;
    const body = JSON.parse(rest.subarray(head + 4, head + 4 + length).toString());
    rest = rest.subarray(head + 4 + length);
    const answer = JSON.stringify(body);
    process.stdout.write('Content-Length: ' + Buffer.byteLength(answer) + '\\r\\n\\r\\n' + answer);
  }
});`;

/** Starts the echo. */
export function startEcho(): EchoPeer {
  const child = spawn(process.execPath, ['-e', echoProgram], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = connect(child);
  let back = (): void => {};
  connection.onNotification('echo', () => back());
  connection.listen();
  return {
    connection,
    pid: child.pid ?? 0,
    echo: characters =>
      new Promise((resolve, reject) => {
        back = resolve;
        connection.sendNotification('echo', { text: 'x'.repeat(characters) }).catch(reject);
      }),
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
      connection.dispose();
    },
  };
}

function connect({ stdin, stdout }: ChildProcess): MessageConnection {
  if (stdin === null || stdout === null) throw new Error('the process has no pipes');
  return createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
}

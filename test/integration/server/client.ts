import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, PublishDiagnosticsParams, TextEdit } from 'vscode-languageserver/node';
import { createLineMap } from '../../../src/base/index.ts';

/** How long anything may take on a busy machine before a test gives up, in milliseconds. */
const PATIENCE_MS = 60_000;

/** A language client without an editor around it. */
export class PlainClient {
  readonly connection: MessageConnection;
  readonly process: ChildProcess;
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();

  constructor(script: string, env: NodeJS.ProcessEnv = process.env) {
    this.process = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params);
      for (const wake of [...this.#waiting]) wake();
    });
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  async initialize(
    workspace: string | undefined,
    capabilities: object = {},
    initializationOptions: object = {},
  ): Promise<unknown> {
    const uri = workspace === undefined ? null : pathToFileURL(workspace).href;
    const result = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: uri === null ? null : [{ uri, name: 'workspace' }],
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  async open(uri: string, text: string, languageId = 'json'): Promise<void> {
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, text: string): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  request<T>(method: string, uri: string, rest: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri }, ...rest });
  }

  /** Resolves with the diagnostics of a document once they satisfy the condition. */
  async diagnostics(uri: string, wanted: (diagnostics: Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    const deadline = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const last = this.#published.get(uri);
      if (last !== undefined && wanted(last.diagnostics)) return last.diagnostics;
      await new Promise<void>((resolve, reject) => {
        const finish = (settle: () => void) => () => {
          this.#waiting.delete(wake);
          deadline.removeEventListener('abort', fail);
          settle();
        };
        const wake = finish(resolve);
        const fail = finish(() =>
          reject(new Error(`waited in vain; last for ${uri}: ${JSON.stringify(last, null, 1)}`)),
        );
        this.#waiting.add(wake);
        deadline.addEventListener('abort', fail);
      });
    }
  }

  /** The version that the last published diagnostics of a document are about. */
  publishedVersion(uri: string): number | undefined {
    return this.#published.get(uri)?.version;
  }

  /** What was last published for a document; `undefined` when nothing ever was. */
  published(uri: string): Diagnostic[] | undefined {
    return this.#published.get(uri)?.diagnostics;
  }

  /** Ends the server as an editor does; answers with its exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = await ended;
    this.connection.dispose();
    return code;
  }
}

/** Applies edits of one document, last one first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = createLineMap(text);
  return [...edits]
    .sort((a, b) => lines.offsetAt(b.range.start) - lines.offsetAt(a.range.start))
    .reduce(
      (done, { range, newText }) =>
        done.slice(0, lines.offsetAt(range.start)) + newText + done.slice(lines.offsetAt(range.end)),
      text,
    );
}

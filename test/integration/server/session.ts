import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CompletionItem,
  CompletionList,
  InitializeResult,
  RegistrationParams,
} from 'vscode-languageserver/node';
import { type BundledServer, bundleServer } from './bundle.ts';
import { applyEdits, PlainClient } from './client.ts';
import { readMarked } from './marked-text.ts';

/** A server over a workspace that is on the disk before the client comes. */
export class Session {
  readonly client: PlainClient;
  readonly folder: string;
  readonly #server: BundledServer;
  readonly #opened = new Set<string>();

  /** What the server says it can do. */
  readonly capabilities: Readonly<Record<string, unknown>>;

  private constructor(client: PlainClient, folder: string, server: BundledServer, answer: InitializeResult) {
    this.capabilities = { ...answer.capabilities };
    this.client = client;
    this.folder = folder;
    this.#server = server;
  }

  /** @param files path in the workspace → text */
  static async start(
    files: Readonly<Record<string, string>>,
    capabilities: object = {},
    initializationOptions: object = {},
    onRegistration: (method: string, options: unknown) => void = () => undefined,
  ): Promise<Session> {
    const server = await bundleServer();
    const folder = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-session-'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const client = new PlainClient(server.script);
    client.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { method, registerOptions } of registrations) onRegistration(method, registerOptions);
    });
    const answer = await client.initialize(folder, capabilities, initializationOptions);
    return new Session(client, folder, server, answer as InitializeResult);
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.folder, name)).href;
  }

  /** Shows a text with marks to the server as a file; answers with the text, its address and the marks. */
  async show(name: string, marked: string) {
    const uri = this.uri(name);
    const read = readMarked(marked);
    if (this.#opened.has(uri)) await this.client.change(uri, read.text);
    else await this.client.open(uri, read.text, name.endsWith('.json') ? 'json' : 'yaml');
    this.#opened.add(uri);
    return { ...read, uri };
  }

  /** Asks about the place of the cursor mark. */
  async ask<T>(method: string, name: string, marked: string, rest: object = {}): Promise<T> {
    const { uri, cursor } = await this.show(name, marked);
    return this.client.request<T>(`textDocument/${method}`, uri, { position: cursor, ...rest });
  }

  /** The completions at the cursor mark. */
  async complete(name: string, marked: string): Promise<CompletionItem[]> {
    const list = await this.ask<CompletionList>('completion', name, marked);
    return list.items;
  }

  /** The text after the completion with a label was chosen at the cursor mark. */
  async choose(name: string, marked: string, label: string): Promise<string> {
    const items = await this.complete(name, marked);
    const item = items.find(candidate => candidate.label === label);
    assert.ok(item?.textEdit && 'range' in item.textEdit, `no ${label} in ${items.map(i => i.label).join()}`);
    return applyEdits(readMarked(marked).text, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
  }

  async stop(): Promise<void> {
    assert.equal(await this.client.stop(), 0);
    await rm(this.folder, { recursive: true, force: true });
    await this.#server.remove();
  }
}

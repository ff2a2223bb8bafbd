import * as vscode from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';

/** A started language client. */
export interface LanguageService {
  /** Ends the server process. */
  stop(): Promise<void>;
}

/** Manifests, and the source files in which a plugin's dangerous patterns are looked for. */
const selector = [
  { scheme: 'file', pattern: '**/plugin.json' },
  { scheme: 'file', pattern: '**/plugin.{yaml,yml}' },
  { scheme: 'file', language: 'javascript' },
  { scheme: 'file', language: 'javascriptreact' },
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'typescriptreact' },
];

/** Starts the language server out of its bundle. @param serverScript absolute path of `dist/server.cjs`. */
export async function startLanguageService(
  serverScript: string,
  channel: vscode.LogOutputChannel,
): Promise<LanguageService> {
  // The client is big; loading it here keeps it out of the way of activation.
  const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
  const server = { module: serverScript, transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run: server,
    debug: { ...server, options: { execArgv: ['--nolazy', '--enable-source-maps'] } },
  };
  // A manifest's findings depend on which files there are, so the server hears of sources that come and go too.
  const watchers = ['**/plugin.{json,yaml,yml}', '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'].map(pattern =>
    vscode.workspace.createFileSystemWatcher(pattern),
  );
  const clientOptions: LanguageClientOptions = {
    documentSelector: selector,
    outputChannel: channel,
    synchronize: { fileEvents: watchers },
  };
  const client = new LanguageClient('pluginWorkbench', 'Plugin Workbench', serverOptions, clientOptions);
  await client.start();
  return {
    stop: async () => {
      for (const watcher of watchers) watcher.dispose();
      await client.dispose(2_000);
    },
  };
}

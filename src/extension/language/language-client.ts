import * as v from 'valibot';
import type * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  PERMISSIONS,
  PERMISSIONS_CHANGED,
  PERMISSIONS_REPORT,
  type PermissionsParams,
  permissionsResultSchema,
  REVIEW_REPORT,
  type ReportParams,
  reportResultSchema,
  TIGHTEN,
  type TightenParams,
  tightenResultSchema,
} from '../../protocol/language/index.ts';

/** What a report is about: what a plugin may do, or what is wrong with it. */
export type ReportKind = 'permissions' | 'review';

const requests: Readonly<Record<ReportKind, string>> = {
  permissions: PERMISSIONS_REPORT,
  review: REVIEW_REPORT,
};

/** A started language client. */
export interface LanguageService {
  /**
   * A report about the plugin of a manifest, as Markdown; `undefined` when there is no such file.
   *
   * @param manifest address of the manifest
   */
  report(kind: ReportKind, manifest: string, token: vscode.CancellationToken): Promise<string | undefined>;
  /** The three views of a plugin's permissions; `undefined` when there is no such plugin. */
  permissions(
    manifest: string,
    dataDir: string,
    token: vscode.CancellationToken,
  ): Promise<NonNullable<v.InferOutput<typeof permissionsResultSchema>> | undefined>;
  /** A manifest without what nothing uses; `undefined` when there is no such plugin. */
  tighten(
    manifest: string,
    dataDir: string,
    to: TightenParams['to'],
    token: vscode.CancellationToken,
  ): Promise<NonNullable<v.InferOutput<typeof tightenResultSchema>> | undefined>;
  /** Hears that the permissions of plugins were compared anew. */
  onPermissionsChanged(listener: () => void): vscode.Disposable;
  /** Ends the server process. */
  stop(): Promise<void>;
}

/** Manifests, and the source files of plugins: dangerous patterns are looked for in them, and names of commands. */
const selector = [
  { scheme: 'file', pattern: '**/plugin.json' },
  { scheme: 'file', pattern: '**/plugin.{yaml,yml}' },
  { scheme: 'file', language: 'javascript' },
  { scheme: 'file', language: 'javascriptreact' },
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'typescriptreact' },
  { scheme: 'file', language: 'python' },
  { scheme: 'file', language: 'go' },
  { scheme: 'file', language: 'rust' },
];

/**
 * Starts the language server out of its bundle; it asks by itself for the files it wants watched.
 *
 * @param serverScript absolute path of `dist/server.cjs`.
 */
export async function startLanguageService(
  serverScript: string,
  channel: vscode.LogOutputChannel,
): Promise<LanguageService> {
  const server = { module: serverScript, transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run: server,
    debug: { ...server, options: { execArgv: ['--nolazy', '--enable-source-maps'] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: selector,
    outputChannel: channel,
    synchronize: { configurationSection: 'pluginWorkbench' },
    // VS Code brings a formatter for JSON; a second one would make it ask which to use.
    initializationOptions: { editorFormatsJson: true },
  };
  const client = new LanguageClient('pluginWorkbench', 'Plugin Workbench', serverOptions, clientOptions);
  await client.start();
  return {
    report: async (kind, manifest, token) => {
      const params: ReportParams = { uri: manifest };
      const answer = v.parse(reportResultSchema, await client.sendRequest(requests[kind], params, token));
      return answer?.markdown;
    },
    permissions: async (manifest, dataDir, token) => {
      const params: PermissionsParams = { uri: manifest, dataDir };
      const answer = await client.sendRequest(PERMISSIONS, params, token);
      return v.parse(permissionsResultSchema, answer) ?? undefined;
    },
    tighten: async (manifest, dataDir, to, token) => {
      const params: TightenParams = { uri: manifest, dataDir, to };
      return v.parse(tightenResultSchema, await client.sendRequest(TIGHTEN, params, token)) ?? undefined;
    },
    onPermissionsChanged: listener => client.onNotification(PERMISSIONS_CHANGED, listener),
    stop: () => client.dispose(2_000),
  };
}

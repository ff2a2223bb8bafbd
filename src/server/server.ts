import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyzer, type AnalyzerPorts, createAnalyzer } from '../analysis/index.ts';
import { createRuntimeFinder } from '../manifest/disk/index.ts';
import { PERMISSIONS_CHANGED } from '../protocol/language/index.ts';
import { createBoundary } from './boundary.ts';
import { createCatalog } from './catalog.ts';
import { createChecker } from './checker.ts';
import { editorFormatsJson, offerYamlFormatting } from './client-options.ts';
import { decodeConfiguration, defaultConfiguration } from './configuration.ts';
import { createMachineWatch } from './machine-watch.ts';
import { createPermissionWatch } from './permissions/index.ts';
import { createPlugins } from './plugins.ts';
import { answered, answerRequests } from './requests/index.ts';
import { createSourceFiles } from './sources/index.ts';
import { pathOf, uriOf } from './uri.ts';
import { documentsTouchedBy, watchFiles } from './watching.ts';
import { watchWorkspace } from './workspace.ts';

/** What the server needs from outside: the bytes of the parser and its grammars. */
export type ServerPorts = AnalyzerPorts;

/** Serves one client over a connection, until the client says `exit` or the connection ends. */
export function startServer(connection: Connection, ports: ServerPorts): void {
  const documents = new TextDocuments(TextDocument);
  const boundary = createBoundary(connection);
  let folders: string[] = [];
  const openDocument = (uri: string): TextDocument | undefined => documents.get(uri);
  const ended = new AbortController();
  const machine = createMachineWatch({
    boundary,
    // What is on PATH outside the open folders is the person's own, so it may be asked in an untrusted workspace, too.
    finder: createRuntimeFinder({ untrusted: () => folders }, ended.signal),
    recheck: paths => boundary.run('checking again', () => manifests.checkAgain(paths)),
  });
  const plugins = createPlugins({ openDocument, workspaceFolders: () => folders, machine: machine.machine });
  const sources = createSourceFiles(openDocument);
  const workspace = watchWorkspace({
    connection,
    boundary,
    folders: () => folders,
    machine,
    recheck: path => {
      for (const document of documents.all()) if (pathOf(document.uri) === path) checker.check(document);
    },
  });
  const { manifests } = workspace;
  let loaded: Promise<Analyzer> | undefined;
  // The grammars take a moment to load, and a session without plugin source never needs them.
  const analyzer = (): Promise<Analyzer> => {
    loaded ??= createAnalyzer(ports);
    return loaded;
  };
  const checker = createChecker({
    connection,
    boundary,
    plugins,
    manifests,
    analyzer,
    openDocument,
    openDocuments: () => documents.all(),
    levels: () => configuration.levels,
    permissionFindings: document => permissions.findingsFor(document),
  });
  const permissions = createPermissionWatch({
    boundary,
    plugins,
    loadWasm: name => ports.loadWasm(name),
    openDocument,
    packageFiles: () => configuration.packageFiles,
    warn: message => connection.console.warn(message),
    compared: (manifestFile, files, isAsked) => {
      checker.permissionsChanged(files);
      // Who asks for it has it already.
      if (isAsked) return;
      void connection.sendNotification(PERMISSIONS_CHANGED, { uris: [uriOf(manifestFile)] });
    },
  });
  const catalog = createCatalog({
    workspace: manifests.plugins,
    checker,
    openDocument,
    searched: () => workspace.scanned(),
  });
  let configuration = defaultConfiguration;
  let watches = false;
  let changesFolders = false;
  let showsProgress = false;
  let formatsYamlOnly = false;

  connection.onInitialize((params): InitializeResult => {
    folders = foldersOf(params);
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    changesFolders = params.capabilities.workspace?.workspaceFolders === true;
    showsProgress = params.capabilities.window?.workDoneProgress === true;
    const { capabilities } = params;
    const parts = {
      ...{
        connection,
        boundary,
        plugins,
        checker,
        catalog,
        sources,
        permissions,
        capabilities,
        openDocument,
      },
      configuration: () => configuration,
      machine: machine.machine,
      analyzer,
    };
    answerRequests(parts);
    // A client that formats JSON by itself is told later that we format YAML.
    formatsYamlOnly = editorFormatsJson(params.initializationOptions);
    return {
      serverInfo: { name: 'plugin-workbench' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        ...answered,
        ...(formatsYamlOnly
          ? {}
          : { documentFormattingProvider: true, documentRangeFormattingProvider: true }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    workspace.scan(folders, showsProgress);
    if (formatsYamlOnly) boundary.run('offering to format', () => offerYamlFormatting(connection));
    if (watches) boundary.run('watching files', () => watchFiles(connection));
    if (!changesFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(folder => pathOf(folder.uri)));
      const come = added.map(folder => pathOf(folder.uri)).filter(path => path !== undefined);
      folders = [...folders.filter(folder => !gone.has(folder)), ...come];
      workspace.leave();
      machine.again();
      workspace.scan(come, showsProgress);
      for (const document of documents.all()) checker.check(document);
    });
  });

  documents.onDidChangeContent(({ document }) => {
    checker.check(document);
    permissions.touched(document);
    // Whether source belongs to a plugin depends on the manifest being typed.
    const path = pathOf(document.uri);
    if (path === undefined || !plugins.isManifest(path)) return;
    catalog.typed(document.uri);
    const changes = [{ uri: document.uri, type: 2 as const }];
    for (const other of documentsTouchedBy(changes, documents.all(), plugins)) checker.check(other);
  });
  documents.onDidClose(({ document }) => {
    checker.forget(document);
    const path = pathOf(document.uri);
    if (path === undefined || !plugins.isManifest(path)) return;
    manifests.close(path);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    configuration = decodeConfiguration(settings);
    checker.levelsChanged();
    machine.leaveOut(configuration.hasOwnNode ? ['node'] : []);
    machine.again();
  });
  connection.onDidChangeWatchedFiles(({ changes }) =>
    boundary.run('files changed', () => {
      workspace.filesChanged(changes);
      permissions.filesChanged(changes.map(({ uri }) => pathOf(uri)).filter(path => path !== undefined));
      for (const document of documentsTouchedBy(changes, documents.all(), plugins)) checker.check(document);
      checker.filesChanged(changes.map(({ uri }) => pathOf(uri)).filter(path => path !== undefined));
    }),
  );
  connection.onShutdown(() => {
    ended.abort();
    checker.dispose();
    permissions.dispose();
    workspace.dispose();
  });

  documents.listen(connection);
  connection.listen();
}

function foldersOf(params: InitializeParams): string[] {
  const uris = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
  return uris.map(pathOf).filter(path => path !== undefined);
}

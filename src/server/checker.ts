import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyzer, languageOf, type RuleLevels } from '../analysis/index.ts';
import type { Finding, TextEdit } from '../base/index.ts';
import type { ManifestReading } from '../manifest/index.ts';
import type { Boundary } from './boundary.ts';
import { toDiagnostic } from './convert.ts';
import type { Plugins } from './plugins.ts';
import { createScheduler } from './scheduler.ts';
import { createSourceChecks, createWorkQueue } from './source-checks/index.ts';
import { pathOf } from './uri.ts';
import type { WorkspaceManifests } from './workspace-manifests.ts';

/** For source: long enough to skip the keystrokes of a word, short enough not to be noticed. */
const QUIET_MS = 80;

/** Checks open documents and tells the client what is wrong in them. */
export interface Checker {
  /** Checks a document soon; a later change to it replaces the check. */
  check(document: TextDocument): void;
  /** Checks a manifest before anything else is answered, if that has not been done since it was typed in. */
  checkAtOnce(document: TextDocument): void;
  /** Takes back what was said about a document that was closed. */
  forget(document: TextDocument): void;
  /** Checks the open source again whose findings depend on files that have changed; absolute paths. */
  filesChanged(paths: readonly string[]): void;
  /** Tells again what was found in open documents, because permissions were compared anew; absolute paths. */
  permissionsChanged(paths: ReadonlySet<string>): void;
  /** Tells again what was found in source, after other severities were chosen. */
  levelsChanged(): void;
  /** The edit that switches a finding in source off, with a reason to fill in; `undefined` where that can't be. */
  suppress(document: TextDocument, finding: Finding): TextEdit | undefined;
  /** What was found in a document, if it has not changed since. */
  findingsOf(document: TextDocument): readonly Finding[];
  /** What was read of a manifest when it was checked, if it has not changed since. */
  readingOf(document: TextDocument): ManifestReading | undefined;
  dispose(): void;
}

/** What the checker works with. */
export interface CheckerParts {
  readonly connection: Pick<Connection, 'sendDiagnostics' | 'console'>;
  readonly boundary: Boundary;
  readonly plugins: Plugins;
  readonly manifests: WorkspaceManifests;
  /** Loads the grammars when it is first asked for. */
  analyzer(): Promise<Analyzer>;
  openDocument(uri: string): TextDocument | undefined;
  openDocuments(): readonly TextDocument[];
  /** What is to be said about permissions in an open document, besides. */
  permissionFindings(document: TextDocument): readonly Finding[];
  /** What the person has set about rules. */
  levels(): RuleLevels;
}

export function createChecker(parts: CheckerParts): Checker {
  const scheduler = createScheduler(QUIET_MS);
  // A manifest is checked in about a millisecond; what is typed while that happens is checked together.
  const atOnce = createScheduler(0);
  const found = new Map<string, { readonly version: number; readonly findings: readonly Finding[] }>();
  // The same without what is said about permissions.
  const own = new Map<string, { readonly version: number; readonly findings: readonly Finding[] }>();
  const readings = new Map<string, { readonly version: number; readonly reading: ManifestReading }>();

  const publish = async (
    document: TextDocument,
    findings: readonly Finding[],
    wasTold = found.has(document.uri),
  ): Promise<void> => {
    const { uri, version } = document;
    own.set(uri, { version, findings });
    const all = [...findings, ...parts.permissionFindings(document)];
    // Silence about a file that never had anything is the same as an empty list.
    if (all.length === 0 && !wasTold) return;
    found.set(uri, { version, findings: all });
    await parts.connection.sendDiagnostics({ uri, version, diagnostics: all.map(toDiagnostic) });
  };

  const queue = createWorkQueue(
    work =>
      new Promise(resolve => {
        parts.boundary.run('checking source', async () => {
          try {
            await work();
          } finally {
            resolve();
          }
        });
      }),
  );
  const source = createSourceChecks({
    ...parts,
    publish,
    checkLater: documents => {
      for (const document of documents) queue.add(document.uri, () => checkSource(document.uri));
    },
  });
  const checkSource = async (uri: string): Promise<void> => {
    const document = parts.openDocument(uri);
    if (document !== undefined) await source.check(document);
  };

  const checkNow = async (document: TextDocument): Promise<void> => {
    const path = pathOf(document.uri);
    if (path === undefined || parts.openDocument(document.uri) === undefined) return;
    if (parts.plugins.isManifest(path)) {
      const reading = parts.plugins.read(document, path);
      readings.set(document.uri, { version: document.version, reading });
      const wasTold = found.has(document.uri) || parts.manifests.hasTold(path);
      await publish(document, parts.manifests.take(path, document.uri, reading), wasTold);
    } else if (languageOf(path) !== undefined) {
      queue.add(document.uri, () => checkSource(document.uri), true);
    }
  };

  return {
    check: document => {
      const isManifest = parts.plugins.isManifest(pathOf(document.uri) ?? '');
      (isManifest ? atOnce : scheduler).schedule(document.uri, () =>
        parts.boundary.run(`checking ${document.uri}`, () => checkNow(document)),
      );
    },
    checkAtOnce: document => {
      atOnce.cancel(document.uri);
      parts.boundary.run(`checking ${document.uri}`, () => checkNow(document));
    },
    forget: document => {
      scheduler.cancel(document.uri);
      atOnce.cancel(document.uri);
      queue.remove(document.uri);
      const path = pathOf(document.uri);
      const touched = path === undefined ? [] : source.dependingOn([path]);
      source.forget(document);
      // What was typed and not saved counts no more, nor does what it meant for others.
      for (const { uri } of touched) queue.add(uri, () => checkSource(uri));
      queue.add('', () => source.tellAll());
      readings.delete(document.uri);
      own.delete(document.uri);
      if (!found.delete(document.uri)) return;
      parts.boundary.run('clearing', () =>
        parts.connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }),
      );
    },
    filesChanged: paths => {
      for (const { uri } of source.dependingOn(paths)) queue.add(uri, () => checkSource(uri));
    },
    permissionsChanged: paths => {
      for (const document of parts.openDocuments()) {
        const checked = own.get(document.uri);
        // One that is being checked is told with everything else in a moment.
        if (checked?.version !== document.version || !paths.has(pathOf(document.uri) ?? '')) continue;
        parts.boundary.run('telling about permissions', () => publish(document, checked.findings));
      }
    },
    levelsChanged: () => {
      queue.add('', () => source.tellAll(), true);
    },
    suppress: (document, finding) => source.suppress(document, finding),
    findingsOf: document => {
      const known = found.get(document.uri);
      return known?.version === document.version ? known.findings : [];
    },
    readingOf: document => {
      const known = readings.get(document.uri);
      return known?.version === document.version ? known.reading : undefined;
    },
    dispose: () => {
      scheduler.dispose();
      atOnce.dispose();
      queue.dispose();
    },
  };
}

import type { TextDocument } from 'vscode-languageserver-textdocument';
import { grantFix } from '../../analysis/permissions/index.ts';
import type { Finding, Fix } from '../../base/index.ts';
import type { ManifestReading } from '../../manifest/index.ts';
import type { Boundary } from '../boundary.ts';
import type { Plugins } from '../plugins.ts';
import { createScheduler } from '../scheduler.ts';
import { pathOf } from '../uri.ts';
import { createAuditFiles } from './audit-files.ts';
import { createExaminer, type ExaminedPlugin } from './examine-plugin.ts';

/** Long enough for somebody to stop typing: a whole plugin is looked through. */
const QUIET_MS = 400;

/** A plugin with more source than this, in UTF-16 code units, is compared when its files are saved, not while somebody types. */
const LARGE = 1024 * 1024;

/** Keeps the permissions of the plugins that are worked on compared. */
export interface PermissionWatch {
  /** A document was opened or changed: the plugin it belongs to is compared soon. */
  touched(document: TextDocument): void;
  /** Files were changed by others; absolute paths. Plugins that were compared before are compared again. */
  filesChanged(paths: readonly string[]): void;
  /** What is to be said in an open document; nothing while its text is another one than was looked at. */
  findingsFor(document: TextDocument): readonly Finding[];
  /** How the manifest would grant what a finding in source is about, and in which file; `undefined` when it has no words for it. */
  grantFor(finding: Finding): { readonly file: string; readonly fix: Fix } | undefined;
  /** Compares the plugin of a manifest now. */
  examine(
    manifestFile: string,
    dataDir: string | undefined,
    signal: AbortSignal,
  ): Promise<ExaminedPlugin | undefined>;
  dispose(): void;
}

export interface WatchParts {
  readonly boundary: Boundary;
  readonly plugins: Plugins;
  loadWasm(name: string): Promise<Uint8Array>;
  openDocument(uri: string): TextDocument | undefined;
  /** Files that say what packages need, beside what is known. */
  packageFiles(): readonly string[];
  warn(message: string): void;
  /** A plugin was compared: what is said in its files may be otherwise now. `isAsked` when somebody waits for it. */
  compared(manifestFile: string, files: ReadonlySet<string>, isAsked: boolean): void;
}

export function createPermissionWatch(parts: WatchParts): PermissionWatch {
  const { plugins, boundary } = parts;
  const scheduler = createScheduler(QUIET_MS);
  const examiner = createExaminer({
    loadWasm: name => parts.loadWasm(name),
    openDocument: parts.openDocument,
    read: (document, path): ManifestReading => plugins.read(document, path),
    audits: createAuditFiles(),
    packageFiles: () => parts.packageFiles(),
    warn: message => parts.warn(message),
  });
  const known = new Map<string, ExaminedPlugin>();
  const running = new Map<string, AbortController>();
  let audits: string | undefined;

  const manifestOf = (path: string): string | undefined => {
    if (plugins.isManifest(path)) return path;
    return plugins.ownerOf(path)?.manifestFile;
  };

  const run = async (
    manifestFile: string,
    signal: AbortSignal,
    isAsked: boolean,
  ): Promise<ExaminedPlugin | undefined> => {
    const before = known.get(manifestFile);
    const plugin = await examiner(manifestFile, audits, signal);
    if (signal.aborted) return undefined;
    if (plugin === undefined) known.delete(manifestFile);
    else known.set(manifestFile, plugin);
    const files = new Set([...(before?.texts.keys() ?? []), ...(plugin?.texts.keys() ?? [])]);
    parts.compared(manifestFile, files, isAsked);
    return plugin;
  };

  const schedule = (manifestFile: string): void => {
    scheduler.schedule(manifestFile, () => {
      running.get(manifestFile)?.abort();
      const ended = new AbortController();
      running.set(manifestFile, ended);
      boundary.run(`comparing the permissions of ${manifestFile}`, async () => {
        await run(manifestFile, ended.signal, false);
        if (running.get(manifestFile) === ended) running.delete(manifestFile);
      });
    });
  };

  return {
    touched: document => {
      const path = pathOf(document.uri);
      const manifestFile = path === undefined ? undefined : manifestOf(path);
      if (manifestFile !== undefined && !isLarge(known.get(manifestFile))) schedule(manifestFile);
    },
    filesChanged: paths => {
      for (const path of paths) {
        const manifestFile = manifestOf(path);
        if (manifestFile !== undefined && known.has(manifestFile)) schedule(manifestFile);
      }
    },
    findingsFor: document => {
      const path = pathOf(document.uri);
      if (path === undefined) return [];
      for (const { examination, texts } of known.values()) {
        if (texts.get(path) === document.getText()) {
          return examination.findings.filter(({ file }) => file === path);
        }
      }
      return [];
    },
    grantFor: finding => {
      for (const [file, { examination, reading }] of known) {
        const row = examination.rows.find(
          ({ declared, inferred }) =>
            declared === undefined &&
            inferred.some(({ evidence }) =>
              evidence.some(place => place.file === finding.file && place.range === finding.range),
            ),
        );
        const manifest = reading.sketch;
        if (row === undefined || manifest === undefined) continue;
        const fix = grantFix(row.inferred[0] ?? row, { document: reading.document, manifest });
        return fix === undefined ? undefined : { file, fix };
      }
      return undefined;
    },
    examine: async (manifestFile, dataDir, signal) => {
      audits = dataDir ?? audits;
      return run(manifestFile, signal, true);
    },
    dispose: () => {
      scheduler.dispose();
      for (const one of running.values()) one.abort();
    },
  };
}

function isLarge(plugin: ExaminedPlugin | undefined): boolean {
  let size = 0;
  for (const text of plugin?.texts.values() ?? []) size += text.length;
  return size > LARGE;
}

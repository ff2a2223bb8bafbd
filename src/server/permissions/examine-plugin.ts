import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Examination, examinePermissions } from '../../analysis/examination/index.ts';
import { createPackageKnowledge, packageFiles, readPackageFile } from '../../analysis/packages/index.ts';
import {
  createInference,
  type Inference,
  isOwnSource,
  type SourceNeeds,
} from '../../analysis/permissions/index.ts';
import { messageOf } from '../../base/index.ts';
import { pluginFilesOnDisk, readManifestFile } from '../../manifest/disk/index.ts';
import type { ManifestReading } from '../../manifest/index.ts';
import { MAX_REVIEWED_FILES, readSourceText, sourcesOf } from '../reports/index.ts';
import { uriOf } from '../uri.ts';
import { createSlices } from '../workspace-slices.ts';
import type { AuditFiles } from './audit-files.ts';

/** A plugin whose permissions were compared. */
export interface ExaminedPlugin {
  readonly reading: ManifestReading;
  readonly examination: Examination;
  /** The texts that were looked at, by absolute path: findings hold for these. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What examinations work with. */
export interface ExamineParts {
  loadWasm(name: string): Promise<Uint8Array>;
  openDocument(uri: string): TextDocument | undefined;
  read(document: TextDocument, path: string): ManifestReading;
  readonly audits: AuditFiles;
  /** Files that say what packages need, beside what is known. */
  packageFiles(): readonly string[];
  /** Told in a sentence which of them can't be used. */
  warn(message: string): void;
}

/** Compares the permissions of the plugin of a manifest; `undefined` when there is none, or it was given up. */
export type ExaminePlugin = (
  manifestFile: string,
  dataDir: string | undefined,
  signal: AbortSignal,
) => Promise<ExaminedPlugin | undefined>;

export function createExaminer(parts: ExamineParts): ExaminePlugin {
  let chosen = '';
  let packages = createPackageKnowledge();
  /** Read again when others are chosen. */
  const refreshPackages = async (): Promise<void> => {
    const files = parts.packageFiles();
    if (files.join('\0') === chosen) return;
    chosen = files.join('\0');
    const own = await Promise.all(
      files.map(async file => {
        try {
          return [readPackageFile(await readFile(file, 'utf8'))];
        } catch (error) {
          parts.warn(`${file} can’t be used: ${messageOf(error)}`);
          return [];
        }
      }),
    );
    packages = createPackageKnowledge(own.flat());
  };
  let loaded: Promise<Inference> | undefined;
  const known = new Map<
    string,
    { readonly texts: ReadonlyMap<string, string>; readonly needs: SourceNeeds }
  >();

  /** Source that is the same needs the same: runs and manifests change more often. */
  const remembering = (
    inference: Inference,
    manifestFile: string,
    texts: ReadonlyMap<string, string>,
  ): Inference => ({
    infer: async (source, breathe, signal) => {
      const before = known.get(manifestFile);
      if (before !== undefined && isSame(before.texts, texts, manifestFile)) return before.needs;
      const needs = await inference.infer(source, breathe, signal);
      if (!signal?.aborted) known.set(manifestFile, { texts, needs });
      return needs;
    },
  });

  return async (manifestFile, dataDir, signal) => {
    const document = parts.openDocument(uriOf(manifestFile));
    const reading =
      document === undefined ? readManifestFile(manifestFile)?.reading : parts.read(document, manifestFile);
    const manifest = reading?.sketch;
    if (reading === undefined || manifest === undefined) return undefined;
    const folder = dirname(manifestFile);
    const texts = new Map([[manifestFile, reading.document.text]]);
    const breathe = createSlices();
    let files = 0;
    for await (const file of sourcesOf(folder, () => signal.aborted)) {
      if (++files > MAX_REVIEWED_FILES) break;
      if (!isOwnSource(relative(folder, file))) continue;
      const text = parts.openDocument(uriOf(file))?.getText() ?? (await readSourceText(file));
      if (text !== undefined) texts.set(file, text);
      await breathe();
    }
    const beside = pluginFilesOnDisk(folder);
    const listed = packageFiles.flatMap(name => {
      const text = beside.textOf?.(name);
      return text === undefined ? [] : [{ file: join(folder, name), text }];
    });
    const audit = dataDir === undefined ? undefined : await parts.audits.summaryOf(dataDir, manifest.id);
    loaded ??= createInference({ loadWasm: name => parts.loadWasm(name) });
    await refreshPackages();
    const inference = remembering(await loaded, manifestFile, texts);
    if (signal.aborted) return undefined;
    const sources = [...texts.keys()].filter(file => file !== manifestFile);
    const nameOf = (file: string): string => relative(folder, file).replaceAll('\\', '/');
    const examination = await examinePermissions(
      {
        document: reading.document,
        manifest,
        source: {
          files: sources.map(nameOf),
          textOf: name => texts.get(join(folder, name)),
          absolute: name => join(folder, name),
        },
        packageFiles: listed,
        audit,
      },
      { inference, packages, breathe },
      signal,
    );
    return signal.aborted ? undefined : { reading, examination, texts };
  };
}

function isSame(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
  except: string,
): boolean {
  if (one.size !== other.size) return false;
  for (const [file, text] of one) if (file !== except && other.get(file) !== text) return false;
  return true;
}

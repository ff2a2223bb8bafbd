import type { Finding } from '../../base/index.ts';
import type { ManifestDocument, PluginManifest } from '../../manifest/index.ts';
import { languageOf } from '../languages.ts';
import { type PackageKnowledge, packageNeeds, readPackages, type UsedPackage } from '../packages/index.ts';
import {
  type AuditSummary,
  type ComparisonInput,
  comparePermissions,
  type Inference,
  type InferredNeeds,
  mergeNeeds,
  type Observation,
  type PermissionRow,
  type PluginSource,
  permissionFindings,
} from '../permissions/index.ts';

/** A plugin, as a front-end read it from the disk or from its editors. */
export interface ExaminationParts {
  readonly document: ManifestDocument;
  /** As far as it could be read. */
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  /** The files beside the manifest that list packages: absolute path and text. */
  readonly packageFiles: readonly { readonly file: string; readonly text: string }[];
  /** `undefined` when there are no records. */
  readonly audit: AuditSummary | undefined;
}

/** What looks into plugins; the same for all of them. */
export interface ExaminationTools {
  readonly inference: Inference;
  readonly packages: PackageKnowledge;
  /** Awaited between files, so that others get their turn. */
  breathe?(): Promise<void>;
}

/** The three views of a plugin's permissions, and what comes of comparing them. */
export interface Examination {
  /** What was compared; to tighten the manifest by. */
  readonly input: ComparisonInput;
  readonly rows: readonly PermissionRow[];
  /** On the manifest and on source. */
  readonly findings: readonly Finding[];
  /** What could not be looked at, a sentence each. */
  readonly notes: readonly string[];
}

/** Looks into a plugin's source, packages and records, and compares what they say with its manifest. */
export async function examinePermissions(
  parts: ExaminationParts,
  { inference, packages, breathe }: ExaminationTools,
  signal?: AbortSignal,
): Promise<Examination> {
  const { document, manifest, source, audit } = parts;
  const own = await inference.infer(source, breathe, signal);
  const used = parts.packageFiles.flatMap(({ file, text }) => readPackages(file, text));
  const known = packageNeeds(used, packages);
  const isSeen = isEntrySeen(manifest, source);
  const inferred: InferredNeeds = {
    needs: mergeNeeds([...own.needs, ...known.needs]),
    isComplete: isSeen && own.unread.length === 0 && known.unknown.length === 0,
  };
  const observed = audit === undefined ? undefined : observationFor(audit, manifest.version, document.file);
  const input = { manifest, inferred, observed };
  const rows = comparePermissions(input);
  return {
    input,
    rows,
    findings: permissionFindings(rows, { document, manifest }),
    notes: [
      ...(isSeen ? [] : ['The source of the program is not there: what it needs can’t be told from it.']),
      ...own.unread.map(file => `${file} could not be looked through to its end.`),
      ...notesOnPackages(known.unknown),
      ...notesOnAudit(audit, observed, manifest),
    ],
  };
}

/**
 * The runs of a version, with the records that do not say which version they are of; `undefined` for none.
 *
 * @param manifestFile absolute; what a plugin asked for by an absolute path in its folder is told as manifests say it
 */
export function observationFor(
  { versions }: AuditSummary,
  version: string,
  manifestFile: string,
): Observation | undefined {
  const found = versions.filter(one => one.version === version || one.version === undefined);
  const folder = manifestFile.replace(/[^\\/]*$/u, '');
  const uses = found
    .flatMap(one => one.uses)
    .map(use =>
      use.scope === 'filesystem' && folder !== '' && use.resource.startsWith(folder)
        ? { ...use, resource: `./${use.resource.slice(folder.length)}` }
        : use,
    );
  return found.length === 0 ? undefined : { version, uses };
}

/** Whether there is source the entry can be of: itself, or what it was built from. */
function isEntrySeen({ entry }: PluginManifest, { files }: PluginSource): boolean {
  if (files.length === 0 || entry === undefined) return false;
  return files.includes(entry.replace(/^\.\//u, '')) || languageOf(entry) !== undefined;
}

function notesOnPackages(unknown: readonly UsedPackage[]): string[] {
  if (unknown.length === 0) return [];
  const names = [...new Set(unknown.map(({ name }) => name))];
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return [`Nothing is known of what these packages need: ${shown}${more}.`];
}

function notesOnAudit(
  audit: AuditSummary | undefined,
  observed: Observation | undefined,
  { version }: PluginManifest,
): string[] {
  if (audit === undefined) return [];
  const { broken, dropped, merged } = audit;
  return [
    ...(observed === undefined && audit.versions.length > 0
      ? [`There are runs of other versions, none of ${version}.`]
      : []),
    ...(broken === 0 ? [] : [`${broken} lines of the audit are no records and were left out.`]),
    ...(dropped === 0 ? [] : [`${dropped} records are missing from the audit: there was no room for them.`]),
    ...(merged === 0
      ? []
      : [`${merged} records are counted for their folder, because there are so many different ones.`]),
  ];
}

import type { Finding } from '../base/index.ts';
import { checkCompanionFiles } from './across/index.ts';
import { manifestCodes } from './codes.ts';
import { detectProfile } from './detect.ts';
import { type ManifestDocument, makeFinding, parseManifest } from './document.ts';
import { readActivation } from './meaning/activation.ts';
import { createReport } from './meaning/report.ts';
import { checkSecrets } from './meaning/secrets.ts';
import type { PluginManifest } from './model.ts';
import type { Machine, PluginFiles, Profile } from './profiles/index.ts';
import { checkShape } from './shape/check-shape.ts';

/** All that can be said about a manifest. */
export interface ManifestReading {
  readonly document: ManifestDocument;
  /** `undefined` when the system is foreign or unknown. */
  readonly profile?: Profile;
  /** Name of another plugin system the file belongs to; then there are no findings, it is not ours to judge. */
  readonly foreign?: string;
  /** Present with `foreign`: how it was recognised and what follows, in one or two sentences. */
  readonly explanation?: string;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** Present when the plugin can be loaded: no finding stands against it that {@link manifestCodes} calls blocking. */
  readonly manifest?: PluginManifest;
  /** The mapping as far as it goes, also of a plugin that can't be loaded yet; present when the profile is known. */
  readonly sketch?: PluginManifest;
}

/** What {@link readManifest} needs. */
export interface ManifestInput {
  readonly text: string;
  /** Absolute path; its extension tells JSON from YAML. */
  readonly file: string;
  readonly files: PluginFiles;
  /** The plugin systems to tell apart; those the workbench knows when left out. */
  readonly profiles?: readonly Profile[];
  /** Where the plugin is to run; without it nothing is said about platforms and installed runtimes. */
  readonly machine?: Machine | undefined;
}

/** Reads, checks and maps a manifest. Never throws. */
export function readManifest(input: ManifestInput): ManifestReading {
  const document = parseManifest(input.text, input.file);
  const { profile, foreign, reason } = detectProfile(document, input.profiles);
  if (foreign !== undefined)
    return { document, foreign, explanation: explain(foreign, reason), findings: [] };
  if (profile === undefined)
    return { document, findings: [...document.findings, ...unknownProfile(document)] };
  const findings = [...document.findings, ...checkShape(document, profile.schema, profile.validateShape)];
  const meaning: Finding[] = [];
  const report = createReport(document, meaning);
  const mapped = profile.map({ document, files: input.files, report, machine: input.machine });
  const activation = readActivation({ document, report });
  const manifest: PluginManifest =
    activation === undefined ? mapped : { ...mapped, contributions: { ...mapped.contributions, activation } };
  checkSecrets({ document, report });
  checkCompanionFiles({ document, files: input.files, report }, manifest);
  const all = [...findings, ...meaning].sort(byPlace);
  return all.some(isBlocking)
    ? { document, profile, findings: all, sketch: manifest }
    : { document, profile, findings: all, sketch: manifest, manifest };
}

function explain(foreign: string, reason: string | undefined): string {
  const recognised = reason === undefined ? '' : ` (${reason})`;
  return `This is a manifest of ${foreign}${recognised}. The workbench leaves it alone: its rules are not those of the systems it knows.`;
}

function unknownProfile(document: ManifestDocument): Finding[] {
  const isUnreadable = document.root === undefined && document.findings.length > 0;
  if (isUnreadable) return [];
  const range = document.rangeOf([], 'key');
  const start = {
    start: range.start,
    end: document.lines.positionAt(document.lines.offsetAt(range.start) + 1),
  };
  if (document.root?.kind !== 'object') {
    return [
      makeFinding(document, 'PW-MANIFEST-NOT-OBJECT', start, 'A manifest is an object with named fields.'),
    ];
  }
  const message = 'Neither `$schema` nor the fields tell which plugin system this manifest is for.';
  return [makeFinding(document, 'PW-MANIFEST-PROFILE-UNKNOWN', start, message)];
}

function isBlocking(finding: Finding): boolean {
  const codes: Readonly<Record<string, { readonly blocks: boolean }>> = manifestCodes;
  return codes[finding.code]?.blocks ?? false;
}

function byPlace(a: Finding, b: Finding): number {
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

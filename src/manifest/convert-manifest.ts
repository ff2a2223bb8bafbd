import * as yaml from 'yaml';
import type { ManifestDocument } from './document.ts';
import { booleanAt, keysAt, stringAt } from './meaning/values.ts';
import type { PluginManifest, ProfileId, SourcePath } from './model.ts';
import { profileOf } from './profiles/index.ts';
import type { Profile } from './profiles/profile.ts';
import { plainValue } from './text/index.ts';

/** A manifest of another profile, and what it could not take along. */
export interface ConvertedManifest {
  /** JSON, or YAML where the profile's manifest is. */
  readonly text: string;
  /** The name such a manifest has. */
  readonly fileName: string;
  /** What has no counterpart, was made up, or should be looked at; a sentence each. */
  readonly notes: readonly string[];
}

/** What every system calls the same. */
const common = ['author', 'license', 'homepage', 'repository', 'keywords'];

/**
 * Writes a manifest as one of another plugin system. Nothing is lost in silence: what has no counterpart is noted. To
 * its own profile it is the text as it stands.
 */
export function convertManifest(
  document: ManifestDocument,
  manifest: PluginManifest,
  to: ProfileId,
): ConvertedManifest {
  const target = profileOf(to);
  const fileName = target.fileNames[0] ?? 'plugin.json';
  if (to === manifest.profile) return { text: document.text, fileName, notes: [] };
  const notes: string[] = [];
  const note = (text: string) => {
    if (!notes.includes(text)) notes.push(text);
  };
  const written = target.write({ manifest, note });
  const carried = carry(document, target, note);
  noteUnmodelled(document, profileOf(manifest.profile), target, note);
  noteLogomeshOnly(manifest, target, note);
  if (hasComments(document)) note('Comments are not taken along.');
  const value = withoutEmpty({ ...written, ...carried });
  const isYaml = /\.ya?ml$/u.test(fileName);
  const text = isYaml ? yaml.stringify(value, { lineWidth: 0 }) : `${JSON.stringify(value, undefined, 2)}\n`;
  return { text, fileName, notes };
}

/** What both systems call the same, and the author's own `x-` fields. */
function carry(
  document: ManifestDocument,
  target: Profile,
  note: (text: string) => void,
): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const key of keysAt(document, [])) {
    const node = document.nodeAt([key]);
    if (node === undefined) continue;
    if (key.startsWith('x-')) entries.push([key, plainValue(node)]);
    else if (key === 'license') {
      const license = licenceFor(target, stringAt(document, [key]) ?? '');
      if (license === undefined)
        note(`${target.title} has no licence like \`${document.sourceOf(node)}\`; it is left out.`);
      else entries.push([key, license]);
    } else if (common.includes(key)) {
      if (target.schema.properties !== undefined && Object.hasOwn(target.schema.properties, key))
        entries.push([key, plainValue(node)]);
      else note(`${target.title} has no \`${key}\`; it is left out.`);
    }
  }
  return Object.fromEntries(entries);
}

/** AI Hub sells licences, the others name the text of one. */
function licenceFor({ id, schema }: Profile, license: string): string | undefined {
  const models = schema.properties?.['license']?.enum;
  if (models !== undefined) return models.includes(license) ? license : 'open-source';
  const isModel = ['one-time', 'subscription', 'free', 'open-source'].includes(license);
  return isModel || license === '' || id === 'aihub' ? undefined : license;
}

function noteUnmodelled(
  document: ManifestDocument,
  source: Profile,
  target: Profile,
  note: (text: string) => void,
): void {
  const isThere = (path: SourcePath) => {
    const node = document.nodeAt(path);
    return node !== undefined && booleanAt(document, path) !== false;
  };
  for (const path of source.ownFields.filter(isThere))
    note(`\`${path.join('.')}\` has no counterpart in ${target.title}; it is left out.`);
}

/** What only LogoMesh states and the canonical manifest keeps all the same. */
function noteLogomeshOnly(
  { contributions, dependencies }: PluginManifest,
  target: Profile,
  note: (text: string) => void,
): void {
  if (target.id === 'logomesh') return;
  if (contributions.consumed?.length)
    note(`${target.title} does not list the methods a plugin calls; they are left out.`);
  if (dependencies.packages?.length)
    note(`${target.title} lists no packages; package.json or its like does.`);
}

function hasComments({ format, text, findings }: ManifestDocument): boolean {
  if (format === 'json') return findings.some(finding => finding.code === 'PW-MANIFEST-COMMENT');
  return /(?:^|\s)#/mu.test(text);
}

/** Leaves out what is `undefined`, at every depth, so that JSON and YAML are written alike. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, withoutEmpty(part)]),
  );
}

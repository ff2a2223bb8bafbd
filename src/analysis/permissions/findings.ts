import type { Finding, Fix, RelatedLocation } from '../../base/index.ts';
import {
  addGrant,
  type Capability,
  describeGrant,
  type ManifestDocument,
  type PluginManifest,
  profileOf,
  reduceGrants,
  type SourcePath,
} from '../../manifest/index.ts';
import { type PermissionCodeName, permissionCodes } from './codes.ts';
import type { PermissionRow } from './compare.ts';
import { type Deed, wordings } from './grants.ts';
import type { Evidence, Need } from './need.ts';
import { riskOf } from './risk.ts';
import { describeDeed, listOf, times } from './words.ts';

/** Where findings belong. */
export interface FindingContext {
  readonly document: ManifestDocument;
  readonly manifest: PluginManifest;
}

/** Most places in source that are reported of one permission. */
const MAX_PLACES = 20;

/** What is wrong with the permissions of a plugin: on its manifest, and on the lines that do what nothing grants. */
export function permissionFindings(rows: readonly PermissionRow[], context: FindingContext): Finding[] {
  return [...rows.flatMap(row => ofRow(row, context)), ...unusedFindings(rows, context)];
}

function ofRow(row: PermissionRow, context: FindingContext): Finding[] {
  const { declared } = row;
  if (row.verdict === 'undeclared') return undeclared(row, context);
  if (declared === undefined) return [];
  if (row.verdict === 'refused') {
    const count = row.observed.reduce((sum, { denied }) => sum + denied, 0);
    const message = `${describeDeed(row)} is granted, and was refused each time: ${times(count)}.`;
    return [at(context, 'PW-PERM-DENIED', declared.at, message)];
  }
  if (row.verdict !== 'wider' || row.narrower === undefined) return [];
  const message = `${describeDeed(row)} is granted; what is used is ${listOf(row.narrower)}.`;
  return [at(context, 'PW-PERM-WIDER', declared.at, message, { fix: narrowFix(row, declared, context) })];
}

/** How the manifest would grant a row; `undefined` where its plugin system has no words for it. */
export function grantFix(row: Deed, { document, manifest }: FindingContext): Fix | undefined {
  const [wording] = wordings(row, manifest.profile);
  const edits = addGrant(document, manifest.profile, { ...wording, protocol: row.protocols?.[0] });
  const title = `Grant ${describeDeed(row)}: ${riskOf(wording)}`;
  return edits.length === 0 ? undefined : { title, edits };
}

function undeclared(row: PermissionRow, context: FindingContext): Finding[] {
  const { document, manifest } = context;
  if (!speaksOfPermissions(context)) return [];
  const [need] = row.inferred;
  const deed: Deed = need ?? row;
  const fix = grantFix(deed, context);
  const code: PermissionCodeName =
    need === undefined ? 'PW-PERM-REFUSED' : fix === undefined ? 'PW-PERM-UNGRANTABLE' : 'PW-PERM-UNDECLARED';
  const [wording] = wordings(deed, manifest.profile);
  const line = describeGrant(manifest.profile, { ...wording, protocol: deed.protocols?.[0] });
  const refused = row.observed.reduce((sum, { denied }) => sum + denied, 0);
  const seen = refused === 0 ? '' : ` It was refused ${times(refused)}.`;
  const places = row.inferred.flatMap(placesOf).slice(0, MAX_PLACES);
  const related = places.map(
    ({ file, range, why }): RelatedLocation => ({ file, range, message: `Here ${why}.` }),
  );
  const origin = manifest.origins['capabilities'] ?? ['permissions'];
  const what = describeDeed(deed);
  const verb = need === undefined ? 'was tried' : 'is used';
  const advice = fix === undefined ? ` ${line}` : '';
  const onManifest =
    code === 'PW-PERM-UNGRANTABLE'
      ? []
      : [at(context, code, origin, `${what} ${verb}, and not granted.${seen}${advice}`, { fix, related })];
  const onSource = places.map(
    ({ file, range, why }): Finding => ({
      code,
      severity: permissionCodes[code].severity,
      message:
        fix === undefined
          ? `${capital(why)}: ${what}. ${line}`
          : `${capital(why)}: ${what}, which the manifest does not grant.${seen} To allow it: ${line}`,
      why: permissionCodes[code].why,
      file,
      range,
      related: [
        { file: document.file, range: document.rangeOf(origin, 'key'), message: 'Grants stand here.' },
      ],
    }),
  );
  return [...onManifest, ...onSource];
}

/** Guesses by a name are no reason to speak up in somebody's source. */
function placesOf({ evidence }: Need): readonly Evidence[] {
  return evidence.filter(({ confidence, through }) => confidence !== 'low' && through !== 'package');
}

/** Where a manifest grants nothing at all, the host's configuration does; then its silence says nothing. */
function speaksOfPermissions({ document, manifest }: FindingContext): boolean {
  const sample = { scope: 'network', action: 'connect', resource: 'example.com' };
  return manifest.capabilities.length > 0 || profileOf(manifest.profile).grant(sample, document).length > 0;
}

function unusedFindings(rows: readonly PermissionRow[], context: FindingContext): Finding[] {
  const granted = rows.filter(row => row.declared !== undefined);
  const all = granted.map(row => row.declared).filter(one => one !== undefined);
  const places = new Map<string, PermissionRow[]>();
  for (const row of granted) {
    const key = JSON.stringify(row.declared?.at);
    places.set(key, [...(places.get(key) ?? []), row]);
  }
  const findings: Finding[] = [];
  const reported = new Set<PermissionRow>();
  const report = (group: readonly PermissionRow[], what: string): void => {
    const [first] = group;
    if (first?.declared === undefined) return;
    for (const row of group) reported.add(row);
    const fix = removeFix(group, all, what, context);
    const message = `${what} is granted, and nothing uses it.`;
    findings.push(at(context, 'PW-PERM-UNUSED', first.declared.at, message, { fix }));
  };
  for (const group of places.values()) {
    if (group.every(row => row.verdict === 'unused')) report(group, namesOf(group));
  }
  // Of a place that is used, a part may not be; it is worth a word only where it can be taken out alone.
  const left = granted.filter(row => row.verdict === 'unused' && !reported.has(row));
  for (const row of left) {
    if (reported.has(row) || row.declared === undefined) continue;
    const item = JSON.stringify(row.declared.at.slice(0, 2));
    const group = left.filter(
      other => other.action === row.action && JSON.stringify(other.declared?.at.slice(0, 2)) === item,
    );
    if (removeFix(group, all, '', context) !== undefined) report(group, namesOf(group));
  }
  return findings;
}

function removeFix(
  rows: readonly PermissionRow[],
  all: readonly Capability[],
  what: string,
  { document, manifest }: FindingContext,
): Fix | undefined {
  const unused = rows.flatMap(row => row.declared ?? []);
  const edits = reduceGrants(document, manifest.profile, { all, unused, narrowed: [] });
  return edits.length === 0 ? undefined : { title: `Take back ${what}`, edits };
}

function narrowFix(
  row: PermissionRow,
  capability: Capability,
  { document, manifest }: FindingContext,
): Fix | undefined {
  const resources = row.narrower ?? [];
  const edits = reduceGrants(document, manifest.profile, {
    all: manifest.capabilities,
    unused: [],
    narrowed: [{ capability, resources }],
  });
  const title = `Narrow \`${row.resource}\` to ${listOf(resources)}`;
  return edits.length === 0 ? undefined : { title, edits };
}

/** One line of a manifest may grant several things. */
function namesOf(rows: readonly PermissionRow[]): string {
  const names = [...new Set(rows.map(describeDeed))];
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

function at(
  { document }: FindingContext,
  code: PermissionCodeName,
  path: SourcePath,
  message: string,
  details: { readonly fix?: Fix | undefined; readonly related?: readonly RelatedLocation[] } = {},
): Finding {
  const { severity, why } = permissionCodes[code];
  const part = code === 'PW-PERM-UNDECLARED' || code === 'PW-PERM-REFUSED' ? 'key' : 'value';
  const range = document.rangeOf(path, part);
  return { code, severity, message: capital(message), why, file: document.file, range, ...details };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

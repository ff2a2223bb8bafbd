import type { Capability, PluginManifest } from '../../manifest/index.ts';
import { contributionAllows, coverOf, type Deed, isFree } from './grants.ts';
import { narrowerThan } from './narrower.ts';
import { confidenceOf, isDynamic, type Need, type NeedScope, needScopes } from './need.ts';
import type { Observation, ObservedUse } from './observed.ts';

/** What the source of a plugin needs. */
export interface InferredNeeds {
  /** Of source and of packages. */
  readonly needs: readonly Need[];
  /**
   * Whether that is all there can be: every source file was looked through, and every package is known. Otherwise nothing
   * is called unused.
   */
  readonly isComplete: boolean;
}

/** The three views of one plugin. */
export interface ComparisonInput {
  readonly manifest: PluginManifest;
  /** `undefined` when nobody looked into the source. */
  readonly inferred: InferredNeeds | undefined;
  /** `undefined` when it never ran. */
  readonly observed: Observation | undefined;
}

/**
 * What the three views of a permission come to:
 * - `used`: it is declared, and there is use of it;
 * - `undeclared`: it is used, and nothing grants it;
 * - `unused`: it is declared, and there is no use of it;
 * - `wider`: it is declared, and a narrower one would do;
 * - `refused`: it is declared, and each time it was tried it was refused;
 * - `free`: it is used, and every plugin may do that;
 * - `unclear`: what it is done to is not known before a run, or not all of the source is.
 */
export type Verdict = 'used' | 'undeclared' | 'unused' | 'wider' | 'refused' | 'free' | 'unclear';

/** One permission, and what each view says of it. */
export interface PermissionRow {
  readonly scope: NeedScope;
  readonly action: string;
  readonly resource: string;
  /** What grants it; `undefined` when nothing does. */
  readonly declared: Capability | undefined;
  readonly inferred: readonly Need[];
  readonly observed: readonly ObservedUse[];
  readonly verdict: Verdict;
  /** With `wider`: what would do. */
  readonly narrower?: readonly string[] | undefined;
}

/** Compares what a manifest declares with what its plugin's source needs and what its runs used. */
export function comparePermissions({ manifest, inferred, observed }: ComparisonInput): PermissionRow[] {
  const { capabilities, profile } = manifest;
  const needs = inferred?.needs ?? [];
  const uses = (observed?.uses ?? []).flatMap(use => {
    const scope = needScopes.find(known => known === use.scope);
    return scope === undefined ? [] : [{ ...use, scope }];
  });
  const touches = (capability: Capability, deed: Deed): boolean =>
    coverOf(capability, deed, profile) !== 'none';

  const declared = capabilities.map((capability): PermissionRow => {
    const own = needs.filter(need => touches(capability, need));
    const seen = uses.filter(use => touches(capability, use));
    const { scope, action, resource } = capability;
    const judged = judge(capability, own, seen, { inferred, observed });
    return { scope, action, resource, declared: capability, inferred: own, observed: seen, ...judged };
  });

  const isGranted = (deed: Deed): boolean => capabilities.some(capability => touches(capability, deed));
  const others = new Map<string, PermissionRow>();
  for (const need of needs) {
    if (!isGranted(need) && !isHunch(need)) add(others, need, rowOf(need, manifest));
  }
  for (const use of uses) {
    if (isGranted(use) || contributionAllows(manifest, use) === true) continue;
    const isOpen = use.allowed > 0 && use.denied === 0;
    const { scope, action, resource } = use;
    const verdict: Verdict = isOpen || isFree(use, 'runtime') ? 'free' : 'undeclared';
    const fresh = { scope, action, resource, declared: undefined, inferred: [], observed: [use], verdict };
    const known = [...others.values()].find(row => isSame(row, use));
    if (known === undefined) others.set(keyOf(use), fresh);
    else others.set(keyOf(known), { ...known, observed: [...known.observed, use] });
  }
  const settled = declared.map(row => asOnePlace(withNeighbours(row, declared), declared));
  return [...settled, ...others.values()].sort(byPlace);
}

/** What a manifest grants by the same words as something that is used is no grant too many. */
function withNeighbours(row: PermissionRow, rows: readonly PermissionRow[]): PermissionRow {
  if (row.verdict !== 'unused') return row;
  const place = JSON.stringify(row.declared?.at);
  const isShared = rows.some(
    other =>
      other.verdict !== 'unused' &&
      other.action === row.action &&
      other.scope !== row.scope &&
      JSON.stringify(other.declared?.at) === place,
  );
  return isShared ? { ...row, verdict: 'used' } : row;
}

/** One text may stand for reading and for writing: it is narrowed to what suits both, once. */
function asOnePlace(row: PermissionRow, rows: readonly PermissionRow[]): PermissionRow {
  if (row.verdict !== 'wider' || row.declared === undefined) return row;
  const place = JSON.stringify(row.declared.at);
  const all = rows.filter(({ declared }) => JSON.stringify(declared?.at) === place);
  if (all.length === 1) return row;
  const { narrower: _, ...plain } = row;
  const isFirst = all.find(({ verdict }) => verdict === 'wider')?.action === row.action;
  if (!isFirst || all.some(({ verdict }) => verdict === 'unclear')) return { ...plain, verdict: 'used' };
  const uses = all.flatMap(({ inferred, observed }) => [
    ...inferred,
    ...observed.filter(({ allowed }) => allowed > 0).map(use => ({ ...use, scope: row.scope })),
  ]);
  const narrower = narrowerThan(row.declared, uses);
  return narrower === undefined ? { ...plain, verdict: 'used' } : { ...row, narrower };
}

type Judged = Pick<PermissionRow, 'verdict' | 'narrower'>;

function judge(
  capability: Capability,
  needs: readonly Need[],
  uses: readonly (ObservedUse & Deed)[],
  views: Pick<ComparisonInput, 'inferred' | 'observed'>,
): Judged {
  const isRefused = uses.length > 0 && uses.every(use => use.allowed === 0);
  if (isRefused) return { verdict: 'refused' };
  const firm = needs.filter(need => !isGuess(need));
  const seen = uses.filter(use => use.allowed > 0);
  if (firm.length + seen.length > 0) {
    // A guess may be about anything that the grant is about.
    const narrower = firm.length < needs.length ? undefined : narrowerThan(capability, [...firm, ...seen]);
    return narrower === undefined ? { verdict: 'used' } : { verdict: 'wider', narrower };
  }
  if (needs.length > 0 || views.inferred?.isComplete !== true) return { verdict: 'unclear' };
  return { verdict: 'unused' };
}

/** Neither is it known what it is done to, nor, of a package, that it is done at all. */
function isGuess(need: Need): boolean {
  return isDynamic(need) || confidenceOf(need) === 'low';
}

/** By its name alone it could be the SDK's; that is a reason to leave a grant alone, and for nothing else. */
function isHunch({ evidence }: Need): boolean {
  return evidence.every(({ confidence, through }) => confidence === 'low' && through === 'sdk');
}

function rowOf(need: Need, manifest: PluginManifest): PermissionRow {
  const { scope, action, resource } = need;
  const row = { scope, action, resource, declared: undefined, inferred: [need], observed: [] };
  const isOpen =
    need.evidence.every(({ through }) => isFree(need, through)) ||
    contributionAllows(manifest, need) === true;
  if (isOpen) return { ...row, verdict: 'free' };
  return { ...row, verdict: isGuess(need) ? 'unclear' : 'undeclared' };
}

function add(rows: Map<string, PermissionRow>, need: Need, row: PermissionRow): void {
  const known = rows.get(keyOf(need));
  rows.set(keyOf(need), known === undefined ? row : { ...known, inferred: [...known.inferred, need] });
}

function isSame(row: PermissionRow, use: Deed): boolean {
  if (row.scope !== use.scope || row.action !== use.action) return false;
  return row.resource === use.resource || (!isDynamic(row) && coverOf(asGrant(row), use, '') === 'all');
}

/** A row as if it were granted, to ask what it covers. */
function asGrant({ scope, action, resource }: PermissionRow): Capability {
  return { scope: scope as Capability['scope'], action, resource, restrictions: {}, at: [] };
}

function keyOf({ scope, action, resource }: Deed): string {
  return `${scope}\0${action}\0${resource}`;
}

function byPlace(a: PermissionRow, b: PermissionRow): number {
  const place = (row: PermissionRow): number => needScopes.indexOf(row.scope);
  const text = (row: PermissionRow): string => `${row.action}\0${row.resource}`;
  return place(a) - place(b) || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
}

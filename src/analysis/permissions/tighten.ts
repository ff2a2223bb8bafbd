import type { TextEdit } from '../../base/index.ts';
import {
  applyEdits,
  type Capability,
  type ManifestDocument,
  readManifest,
  reduceGrants,
} from '../../manifest/index.ts';
import { type ComparisonInput, comparePermissions } from './compare.ts';
import { coverOf } from './grants.ts';
import { describeDeed, listOf } from './words.ts';

/** What a manifest is tightened to: what the source needs, what runs used, or what either of them shows. */
export type TightenTo = 'inferred' | 'observed' | 'both';

/** A manifest with fewer grants. */
export interface Tightening {
  /** Empty when nothing can be taken away. */
  readonly edits: readonly TextEdit[];
  /** The whole manifest afterwards. */
  readonly text: string;
  /** What changes, a sentence each. */
  readonly changes: readonly string[];
  /** What stays although it looks unused, and why; a sentence each. */
  readonly kept: readonly string[];
}

/**
 * Takes out of a manifest what is not used, and narrows what is wider than its use. The result never grants more than the
 * manifest does: that is looked at once more in the text that comes out.
 */
export function tightenManifest(
  document: ManifestDocument,
  input: ComparisonInput,
  to: TightenTo,
): Tightening {
  const { manifest } = input;
  const rows = comparePermissions(viewsFor(input, to));
  const granted = rows.flatMap(row =>
    row.declared === undefined ? [] : [{ ...row, declared: row.declared }],
  );
  const unused = granted.filter(({ verdict }) => verdict === 'unused');
  const narrowed = granted.filter(({ verdict, narrower }) => verdict === 'wider' && narrower !== undefined);
  const unclear = granted.filter(({ verdict }) => verdict === 'unclear');
  const edits = reduceGrants(document, manifest.profile, {
    all: manifest.capabilities,
    unused: unused.map(({ declared }) => declared),
    narrowed: narrowed.map(({ declared, narrower }) => ({ capability: declared, resources: narrower ?? [] })),
  });
  const kept = unclear.map(row => `${describeDeed(row)} stays: ${whyKept(input, to)}.`);
  const text = applyEdits(document.text, edits);
  const after = edits.length === 0 ? undefined : capabilitiesOf(text, document);
  if (after === undefined || !isWithin(after, manifest.capabilities)) {
    return { edits: [], text: document.text, changes: [], kept };
  }
  // A place that grants several things stays while one of them is used.
  const isGone = ({ declared }: (typeof unused)[number]): boolean =>
    !after.some(
      ({ scope, action, resource }) =>
        scope === declared.scope && action === declared.action && resource === declared.resource,
    );
  const changes = [
    ...unused.filter(isGone).map(row => `${describeDeed(row)} goes: nothing uses it.`),
    ...narrowed.map(row => `${describeDeed(row)} becomes ${listOf(row.narrower ?? [])}.`),
  ];
  return { edits, text, changes, kept };
}

function viewsFor(input: ComparisonInput, to: TightenTo): ComparisonInput {
  // What did not happen in any run counts as not needed: that is what people ask for here.
  if (to === 'observed')
    return { ...input, inferred: { needs: [], isComplete: input.observed !== undefined } };
  return to === 'inferred' ? { ...input, observed: undefined } : input;
}

function whyKept({ inferred }: ComparisonInput, to: TightenTo): string {
  if (to === 'observed') return 'there are no runs to go by';
  return inferred?.isComplete === true
    ? 'only a run tells what it is used for'
    : 'not all of the plugin’s source and packages is known';
}

/** What a text grants; which files there are has no say in that. */
function capabilitiesOf(text: string, { file }: ManifestDocument): readonly Capability[] | undefined {
  return readManifest({ text, file, files: { kindOf: () => 'file' } }).sketch?.capabilities;
}

/** Whether everything that is granted now was granted before. */
function isWithin(now: readonly Capability[], before: readonly Capability[]): boolean {
  return now.every(({ scope, action, resource }) =>
    before.some(
      capability => coverOf({ ...capability, restrictions: {} }, { scope, action, resource }, '') === 'all',
    ),
  );
}

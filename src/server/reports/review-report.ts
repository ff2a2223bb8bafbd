import { relative, sep } from 'node:path';
import type { Suppressed } from '../../analysis/index.ts';
import type { Finding, Severity } from '../../base/index.ts';
import type { ManifestReading } from '../../manifest/index.ts';
import { code, findingItem, linkTo, plain, sentence } from './markdown.ts';
import type { SourceReview } from './review-source.ts';

/** What a review is made of. */
export interface Review {
  /** Absolute path of the plugin's folder. */
  readonly folder: string;
  readonly reading: ManifestReading;
  /** All that is wrong with the manifest, also in view of other plugins. */
  readonly manifestFindings: readonly Finding[];
  /** `undefined` when nobody asked for a verdict on it. */
  readonly source: SourceReview | undefined;
}

const nothingReviewed: SourceReview = { findings: [], suppressed: [], files: 0, unread: [], isCut: false };

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
/** More than anyone reads at once. */
const MAX_ITEMS = 500;

/** Everything that is wrong with a plugin, the worst first, as Markdown. */
export function reviewReport(review: Review): string {
  const { folder, reading, manifestFindings, source = nothingReviewed } = review;
  const { findings: sourceFindings, suppressed, files, unread, isCut } = source;
  const { sketch, document } = reading;
  const all = [...manifestFindings, ...sourceFindings];
  const nameOf = (file: string): string => relative(folder, file).split(sep).join('/');
  const items = (findings: readonly Finding[]): string[] => [
    ...worstFirst(findings)
      .slice(0, MAX_ITEMS)
      .map(finding => findingItem(finding, nameOf(finding.file))),
    ...(findings.length > MAX_ITEMS ? [`- … and ${findings.length - MAX_ITEMS} more`] : []),
    ...(findings.length === 0 ? ['Nothing was found.'] : []),
    '',
  ];
  const capabilities = sketch?.capabilities ?? [];
  return [
    `# Review of ${plain(sketch?.name || nameOf(document.file))}`,
    '',
    countsOf(all, suppressed.length),
    '',
    ...(reading.explanation === undefined ? [] : [sentence(reading.explanation), '']),
    `## Manifest (${manifestFindings.length})`,
    '',
    ...items(manifestFindings),
    `## Source (${sourceFindings.length})`,
    '',
    `${files} ${files === 1 ? 'file was' : 'files were'} looked through for dangerous patterns.`,
    ...(isCut ? [`There are more: **a review ends after ${files}**.`] : []),
    '',
    ...items(sourceFindings),
    ...switchedOff(suppressed, nameOf),
    ...(unread.length === 0
      ? []
      : ['These could not be read:', '', ...unread.map(file => `- ${code(nameOf(file))}`), '']),
    `## Permissions (${capabilities.length})`,
    '',
    ...(capabilities.length === 0 ? ['None is declared.'] : []),
    ...capabilities
      .slice(0, MAX_ITEMS)
      .map(
        ({ scope, action, resource, at }) =>
          `- ${plain(scope)}\\: ${plain(action)} ${code(resource)} ${linkTo(document.file, document.rangeOf(at).start)}`,
      ),
    '',
  ].join('\n');
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

function switchedOff(suppressed: readonly Suppressed[], nameOf: (file: string) => string): string[] {
  if (suppressed.length === 0) return [];
  return [
    `## Switched off by the author (${suppressed.length})`,
    '',
    ...suppressed.slice(0, MAX_ITEMS).map(({ finding, reason }) => {
      const place = linkTo(finding.file, finding.range.start, nameOf(finding.file));
      return `- ${place} ${code(finding.code)} ${sentence(finding.message)} Why: ${plain(reason)}`;
    }),
    ...(suppressed.length > MAX_ITEMS ? [`- … and ${suppressed.length - MAX_ITEMS} more`] : []),
    '',
  ];
}

function countsOf(findings: readonly Finding[], switchedOff: number): string {
  const parts = order.flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  const off = switchedOff === 0 ? '' : ` ${switchedOff} switched off by the author.`;
  return parts.length === 0 ? `**No findings.**${off}` : `**${parts.join(', ')}.**${off}`;
}

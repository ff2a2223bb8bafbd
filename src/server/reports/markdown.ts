import { basename } from 'node:path';
import type { Finding, Position } from '../../base/index.ts';
import { uriOf } from '../uri.ts';

/** Text as it reads: a manifest can put no link, image, HTML or icon into a report. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]()#+!|<>~$&:@]/g, '\\$&');
}

/** Text as code; whatever is in it stays in it. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 && line.trim() !== '' ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** A sentence of ours, with code in backticks; what a file put into it can make no link, image or HTML. */
export function sentence(text: string): string {
  // Without longer runs of backticks, pairs of them are code here exactly where they are in Markdown.
  const single = text.replaceAll(/\s+/g, ' ').replaceAll(/`+/g, '`');
  return single.replaceAll(/`[^`]*`|[^`]+|`/g, part =>
    part.length > 1 && part.startsWith('`') ? part : plain(part),
  );
}

/** A link to a place in a file, called by the file's name, or as given, and the line. */
export function linkTo(file: string, { line }: Position, name = basename(file)): string {
  return `[${plain(name)}\\:${line + 1}](${uriOf(file)}#L${line + 1})`;
}

/** One finding as an item of a list. */
export function findingItem(finding: Finding, name?: string): string {
  const { severity, file, range, message, why } = finding;
  const reason = why === undefined ? '' : ` ${sentence(why)}`;
  return `- **${severity}** ${linkTo(file, range.start, name)} ${sentence(message)}${reason} ${code(finding.code)}`;
}

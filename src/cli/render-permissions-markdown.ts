import { relative } from 'node:path';
import type { PermissionRow } from '../analysis/permissions/index.ts';
import type { Finding } from '../base/index.ts';
import type { PermissionsReport } from './permissions-report.ts';

const verdicts: Readonly<Record<PermissionRow['verdict'], string>> = {
  used: '✅ used',
  free: 'needs no grant',
  unclear: 'only a run tells',
  unused: '➖ unused',
  wider: '⚠️ wider than its use',
  refused: '⛔ always refused',
  undeclared: '❗ not granted',
};

/** The three views as a table for a pull request; texts of the plugin can make no links, images or HTML in it. */
export function renderMarkdown({ plugins, findings }: PermissionsReport): string {
  const sections = plugins.flatMap(({ file, input, rows, notes, tightening }) => [
    `## Permissions of ${asText(input.manifest.name)} ${asText(input.manifest.version)}`,
    '',
    `Declared in ${code(shorten(file))}.`,
    '',
    ...(rows.length === 0 ? ['Nothing is granted, and nothing is needed.'] : table(rows)),
    '',
    ...notes.map(note => `> ${asText(note)}`),
    ...(notes.length > 0 ? [''] : []),
    ...(tightening === undefined || tightening.changes.length === 0
      ? []
      : ['### It can be tightened', '', ...tightening.changes.map(change => `- ${prose(change)}`), '']),
  ]);
  const items = findings.map(
    ({ severity, message, file, range, code: id }: Finding) =>
      `- **${severity}** ${code(`${shorten(file)}:${range.start.line + 1}`)} ${prose(message)} (${id})`,
  );
  return [...sections, ...(items.length === 0 ? ['No findings.'] : ['### Findings', '', ...items]), ''].join(
    '\n',
  );
}

function table(rows: readonly PermissionRow[]): string[] {
  return [
    '| Permission | Declared | Source | Runs | |',
    '|---|---|---|---|---|',
    ...rows.map(row => {
      const { scope, action, resource, declared, inferred, observed, verdict } = row;
      const places = inferred.flatMap(({ evidence }) => evidence);
      const [first] = places;
      const source =
        first === undefined
          ? '–'
          : `${code(`${shorten(first.file)}:${first.range.start.line + 1}`)}${places.length > 1 ? ` +${places.length - 1}` : ''}`;
      const allowed = observed.reduce((sum, use) => sum + use.allowed, 0);
      const denied = observed.reduce((sum, use) => sum + use.denied, 0);
      const runs = allowed + denied === 0 ? '–' : `${allowed}${denied > 0 ? `, ${denied} refused` : ''}`;
      const what = `${asText(scope)}: ${asText(action)} ${code(resource)}`;
      return `| ${what} | ${declared === undefined ? '–' : 'yes'} | ${source} | ${runs} | ${verdicts[verdict]} |`;
    }),
  ];
}

/** A sentence of ours, with code in backticks. */
function prose(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/`[^`]*`|[^`]+|`/gu, part => (part.length > 1 && part.startsWith('`') ? part : asText(part)));
}

function asText(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_{}[\]()#+!|<>~$&:@]/gu, '\\$&');
}

/** In a table a bar ends a cell, in code too. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

function shorten(file: string): string {
  return (relative(process.cwd(), file) || file).replaceAll('\\', '/');
}

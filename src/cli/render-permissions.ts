import { relative } from 'node:path';
import { type PermissionRow, permissionCodes, type Tightening } from '../analysis/permissions/index.ts';
import type { PermissionsReport } from './permissions-report.ts';
import { renderFinding, renderSummary } from './render-findings.ts';
import { renderMarkdown } from './render-permissions-markdown.ts';
import { printable, type Terminal } from './terminal.ts';

/** Prints the three views of permissions side by side, and what is wrong with them. */
export function renderPermissions(
  report: PermissionsReport,
  format: 'text' | 'json' | 'md',
  terminal: Terminal,
): void {
  if (format === 'json') terminal.out(JSON.stringify(asJson(report)));
  else if (format === 'md') terminal.out(renderMarkdown(report));
  else renderText(report, terminal);
}

const marks = {
  used: ['green', '✔'],
  free: ['gray', '·'],
  unclear: ['cyan', '?'],
  unused: ['yellow', '−'],
  wider: ['yellow', '⊃'],
  refused: ['red', '✘'],
  undeclared: ['red', '!'],
} as const;

function renderText({ plugins, findings, textOf }: PermissionsReport, terminal: Terminal): void {
  const { paint } = terminal;
  for (const { file, input, rows, notes, tightening, isWritten } of plugins) {
    const { name, version } = input.manifest;
    terminal.out(
      `${paint('bold', printable(`${name} ${version}`))} ${paint('gray', printable(shorten(file)))}`,
    );
    if (rows.length === 0) terminal.out('  It is granted nothing, and nothing it does needs a permission.');
    let scope = '';
    for (const row of rows) {
      if (row.scope !== scope) terminal.out(`  ${paint('bold', row.scope)}`);
      scope = row.scope;
      const [style, mark] = marks[row.verdict];
      terminal.out(
        `    ${paint(style, mark)} ${printable(`${row.action} ${row.resource}`).padEnd(36)} ${views(row)}`,
      );
    }
    for (const note of notes) terminal.out(paint('gray', `  ${printable(note)}`));
    if (tightening !== undefined) renderTightening(tightening, isWritten, terminal);
    terminal.out('');
  }
  for (const finding of findings) terminal.out(renderFinding(finding, textOf(finding.file), terminal));
  terminal.out(renderSummary({ findings, files: plugins.length }));
}

/** What each of the three views says of a row. */
function views({ declared, inferred, observed, verdict }: PermissionRow): string {
  const places = inferred.flatMap(({ evidence }) => evidence);
  const [first] = places;
  const allowed = observed.reduce((sum, use) => sum + use.allowed, 0);
  const denied = observed.reduce((sum, use) => sum + use.denied, 0);
  const parts = [
    declared === undefined ? (verdict === 'free' ? 'needs no grant' : 'not granted') : 'granted',
    first === undefined
      ? 'not in source'
      : `${shorten(first.file)}:${first.range.start.line + 1}${places.length > 1 ? ` and ${places.length - 1} more` : ''}`,
    allowed + denied === 0
      ? undefined
      : `runs: ${allowed} ${allowed === 1 ? 'time' : 'times'}${denied > 0 ? `, ${denied} refused` : ''}`,
  ];
  return printable(parts.filter(part => part !== undefined).join(' · '));
}

function renderTightening(
  { changes, kept, edits }: Tightening,
  isWritten: boolean,
  { out, paint }: Terminal,
): void {
  out(`  ${paint('bold', isWritten && edits.length > 0 ? 'Tightened' : 'Tightening')}`);
  if (changes.length === 0) out('    Nothing can be taken away.');
  for (const change of changes) out(`    ${paint('green', '−')} ${printable(change)}`);
  for (const one of kept) out(paint('gray', `    ${printable(one)}`));
}

function asJson({ plugins, findings }: PermissionsReport): object {
  return {
    plugins: plugins.map(({ file, input, rows, notes, tightening }) => ({
      file,
      id: input.manifest.id,
      version: input.manifest.version,
      profile: input.manifest.profile,
      permissions: rows.map(({ declared, ...row }) => ({ ...row, declaredAt: declared?.at ?? null })),
      notes,
      ...(tightening === undefined
        ? {}
        : { tightening: { changes: tightening.changes, kept: tightening.kept, text: tightening.text } }),
    })),
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    findings,
    codes: Object.keys(permissionCodes),
  };
}

function shorten(file: string): string {
  return relative(process.cwd(), file) || file;
}

import { relative } from 'node:path';
import type { Finding, Severity } from '../base/index.ts';
import { type ReportedFinding, type SarifInput, sarifLog } from './sarif/index.ts';
import { printable, type Terminal } from './terminal.ts';

/** How results are printed: for people, or as JSON. */
export type Format = 'text' | 'json';

/** How findings are printed: for people, as one JSON document, or as a report for code scanning sites. */
export type FindingsFormat = Format | 'sarif';

/** What a command that looks at files found. */
export interface FindingsReport {
  readonly findings: readonly ReportedFinding[];
  /** How many files were looked at. */
  readonly files: number;
  /** Text of a file with findings, for the excerpt; `undefined` when it can't be shown. */
  textOf(file: string): string | undefined;
  /** What a SARIF report says besides. */
  readonly sarif: Pick<SarifInput, 'command' | 'version' | 'rules' | 'notes' | 'rulesPage'>;
}

const colours = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'gray' } as const;

/** Prints findings: as text with the line underlined, or as one JSON document of ours or of SARIF. */
export function renderFindings(report: FindingsReport, format: FindingsFormat, terminal: Terminal): void {
  if (format === 'sarif') {
    const { findings, textOf, sarif } = report;
    terminal.out(JSON.stringify(sarifLog({ ...sarif, findings, textOf, root: process.cwd() })));
    return;
  }
  if (format === 'json') {
    const { findings, files } = report;
    terminal.out(
      JSON.stringify({
        files,
        errors: count(findings, 'error'),
        warnings: count(findings, 'warning'),
        findings,
      }),
    );
    return;
  }
  for (const finding of report.findings)
    terminal.out(renderFinding(finding, report.textOf(finding.file), terminal));
  terminal.out(renderSummary(report));
}

/** One finding with its line, underlined. */
export function renderFinding(finding: Finding, text: string | undefined, { paint }: Terminal): string {
  const place = placeOf(finding);
  const head = `${paint('bold', place)} ${paint(colours[finding.severity], finding.severity)} ${printable(finding.message)} ${paint('gray', finding.code)}`;
  const lines = [head, ...excerpt(finding, text, paint)];
  if (finding.why !== undefined) lines.push(paint('gray', `    ${printable(finding.why)}`));
  for (const other of finding.related ?? [])
    lines.push(`    ${paint('cyan', 'see:')} ${placeOf(other)} ${printable(other.message)}`);
  if (finding.fix !== undefined) lines.push(`    ${paint('green', 'fix:')} ${printable(finding.fix.title)}`);
  return lines.join('\n');
}

function placeOf({ file, range: { start } }: Pick<Finding, 'file' | 'range'>): string {
  return printable(`${relative(process.cwd(), file) || file}:${start.line + 1}:${start.character + 1}`);
}

/** The line a finding starts on, and a line of carets under it. Long lines are cut around the place. */
function excerpt(finding: Finding, text: string | undefined, paint: Terminal['paint']): string[] {
  const { start, end } = finding.range;
  const line = text?.split(/\r\n|\r|\n/)[start.line];
  if (line === undefined || line.trim() === '') return [];
  const from = Math.max(0, start.character - 60);
  const shown = line.slice(from, from + 120);
  const stop = end.line === start.line ? end.character : line.length;
  const width = Math.max(1, Math.min(stop, from + 120) - start.character);
  const indent = shown.slice(0, start.character - from).replace(/[^\t]/g, ' ');
  return [`    ${printable(shown)}`, `    ${indent}${paint(colours[finding.severity], '^'.repeat(width))}`];
}

/** How many findings of each kind there are. */
export function renderSummary({ findings, files }: Pick<FindingsReport, 'findings' | 'files'>): string {
  const checked = `${files} ${files === 1 ? 'file' : 'files'} checked`;
  if (findings.length === 0) return `${checked}, no findings.`;
  const part = (severity: Severity): string[] => {
    const n = count(findings, severity);
    return n === 0 ? [] : [`${n} ${severity}${n === 1 || severity === 'info' ? '' : 's'}`];
  };
  return `${checked}: ${(['error', 'warning', 'info', 'hint'] as const).flatMap(part).join(', ')}.`;
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter(finding => finding.severity === severity).length;
}

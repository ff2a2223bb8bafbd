import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { createAnalyzer, isScannable, supportedExtensions } from '../../analysis/index.ts';
import type { Finding } from '../../base/index.ts';
import { type ExitCode, exitCodeFor } from '../exit.ts';
import { readSource } from '../read-source.ts';
import { type FindingsFormat, renderFindings } from '../render-findings.ts';
import { sourceSarifRules } from '../sarif/index.ts';
import { printable, type Terminal } from '../terminal.ts';
import { findFiles } from '../walk-files.ts';

export interface ScanOptions {
  readonly format: FindingsFormat;
  readonly strict: boolean;
  /** Folder with the grammars. */
  readonly wasmDir: string;
  /** The version of this program, for reports. */
  readonly version: string;
}

/**
 * Looks for dangerous patterns in sources; a folder is searched for files in a known language.
 *
 * @throws WorkbenchError when a path does not exist.
 */
export async function scan(
  paths: readonly string[],
  options: ScanOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const extensions = new Set<string>(supportedExtensions);
  const known = (path: string): boolean =>
    extensions.has(extname(path)) && isScannable(relative(process.cwd(), path));
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    terminal.note(printable(text));
  };
  const files = await findFiles(paths, known, (folder, code) =>
    note(`${folder}: can’t be searched (${code})`),
  );
  const analyzer = await createAnalyzer({ loadWasm: name => readFile(join(options.wasmDir, name)) });
  const findings: Finding[] = [];
  const texts = new Map<string, string>();
  for (const file of files) {
    const source = await readSource(file);
    if (source.finding !== undefined) {
      findings.push(source.finding);
      continue;
    }
    const found = analyzer.analyze({ file, text: source.text });
    if (found.length > 0) texts.set(file, source.text);
    findings.push(...found);
  }
  renderFindings(
    {
      findings,
      files: files.length,
      textOf: file => texts.get(file),
      sarif: { command: 'scan', version: options.version, rules: sourceSarifRules(), notes },
    },
    options.format,
    terminal,
  );
  return exitCodeFor(findings, options.strict);
}

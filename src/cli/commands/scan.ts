import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { createAnalyzer, isScannable, supportedExtensions } from '../../analysis/index.ts';
import type { Finding } from '../../base/index.ts';
import { type ExitCode, exitCodeFor } from '../exit.ts';
import { type Format, renderFindings } from '../render-findings.ts';
import type { Terminal } from '../terminal.ts';
import { findFiles } from '../walk-files.ts';

export interface ScanOptions {
  readonly format: Format;
  readonly strict: boolean;
  /** Folder with the grammars. */
  readonly wasmDir: string;
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
  const files = await findFiles(paths, known);
  const analyzer = await createAnalyzer({ loadWasm: name => readFile(join(options.wasmDir, name)) });
  const findings: Finding[] = [];
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const found = analyzer.analyze({ file, text });
    if (found.length > 0) texts.set(file, text);
    findings.push(...found);
  }
  renderFindings(
    { findings, files: files.length, textOf: file => texts.get(file) },
    options.format,
    terminal,
  );
  return exitCodeFor(findings, options.strict);
}

import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Finding } from '../../base/index.ts';
import { pluginFilesOnDisk } from '../../manifest/disk/index.ts';
import { manifestFileNames, readManifest } from '../../manifest/index.ts';
import { type ExitCode, exitCodeFor } from '../exit.ts';
import { type Format, renderFindings } from '../render-findings.ts';
import { printable, type Terminal } from '../terminal.ts';
import { findFiles } from '../walk-files.ts';

export interface ValidateOptions {
  readonly format: Format;
  readonly strict: boolean;
}

/**
 * Validates manifests: each path is a manifest or a folder searched for them.
 *
 * @throws WorkbenchError when a path does not exist.
 */
export async function validate(
  paths: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const names: readonly string[] = manifestFileNames;
  const files = await findFiles(paths, path => names.includes(basename(path)));
  if (files.length === 0) {
    terminal.note(`No ${manifestFileNames.join(', ')} there: nothing to validate.`);
  }
  const findings: Finding[] = [];
  const texts = new Map<string, string>();
  let validated = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const reading = readManifest({ text, file, files: pluginFilesOnDisk(dirname(file)) });
    if (reading.foreign !== undefined) {
      terminal.note(`${file}: left alone, ${printable(reading.foreign)}`);
      continue;
    }
    validated++;
    texts.set(file, text);
    findings.push(...reading.findings);
  }
  renderFindings({ findings, files: validated, textOf: file => texts.get(file) }, options.format, terminal);
  return exitCodeFor(findings, options.strict);
}

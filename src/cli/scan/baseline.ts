import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import * as v from 'valibot';
import { type Finding, messageOf, WorkbenchError } from '../../base/index.ts';
import { createFingerprints } from '../sarif/index.ts';

const baselineFile = v.object({
  version: v.literal(1),
  findings: v.array(v.object({ fingerprint: v.string() })),
});

/**
 * Finds out what is new since a baseline was written. The place of a finding in its file does not matter, its line's
 * text does.
 *
 * @throws WorkbenchError `PW-CLI-BASELINE` when the file can't be read or is no baseline.
 */
export async function newSince<Found extends Finding>(
  file: string,
  findings: readonly Found[],
  textOf: (file: string) => string | undefined,
): Promise<readonly Found[]> {
  let known: ReadonlySet<string>;
  try {
    const read = v.parse(baselineFile, JSON.parse(await readFile(file, 'utf8')));
    known = new Set(read.findings.map(({ fingerprint }) => fingerprint));
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-BASELINE', `${file} can’t be used as a baseline: ${messageOf(cause)}`, {
      nextStep: 'Write one with --write-baseline.',
      cause,
    });
  }
  const fingerprintOf = createFingerprints(dirname(resolve(file)), textOf);
  return findings.filter(finding => !known.has(fingerprintOf(finding)));
}

/**
 * Writes down all findings as known, by paths relative to the baseline's own folder.
 *
 * @throws WorkbenchError `PW-CLI-BASELINE` when it can't be written.
 */
export async function writeBaseline(
  file: string,
  findings: readonly Finding[],
  textOf: (file: string) => string | undefined,
): Promise<void> {
  const folder = dirname(resolve(file));
  const fingerprintOf = createFingerprints(folder, textOf);
  const known = findings.map(finding => ({
    fingerprint: fingerprintOf(finding),
    // For people who look into it.
    rule: finding.code,
    file: relative(folder, finding.file).split(sep).join('/'),
  }));
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify({ version: 1, findings: known }, null, 2)}\n`);
    await rename(draft, file);
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-BASELINE', `${file} can’t be written: ${messageOf(cause)}`, { cause });
  }
}

import type { Finding } from '../../base/index.ts';
import { manifestFileNames } from '../../manifest/index.ts';
import { createPluginWorkspace } from '../../manifest/workspace/index.ts';
import { type ExitCode, exitCodeFor } from '../exit.ts';
import { manifestsAt } from '../manifest-paths.ts';
import { placesOf, readManifests } from '../read-manifests.ts';
import { type FindingsFormat, renderFindings } from '../render-findings.ts';
import { manifestSarifRules } from '../sarif/index.ts';
import { printable, type Terminal } from '../terminal.ts';

export interface ValidateOptions {
  readonly format: FindingsFormat;
  readonly strict: boolean;
  /** The version of this program, for reports. */
  readonly version: string;
}

/**
 * Validates manifests: each path is a manifest or a folder searched for them. What lies at the paths is one workspace,
 * so that plugins may depend on one another.
 *
 * @throws WorkbenchError when a path does not exist.
 */
export async function validate(
  paths: readonly string[],
  options: ValidateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    terminal.note(printable(text));
  };
  const files = await manifestsAt(paths, {
    onUnreadable: (folder, code) => note(`${folder}: can’t be searched (${code})`),
  });
  if (files.length === 0) note(`No ${manifestFileNames.join(', ')} there: nothing to validate.`);

  const read = await readManifests(files, placesOf(paths));
  const workspace = createPluginWorkspace();
  const own = new Map<string, readonly Finding[]>();
  const texts = new Map<string, string>();
  for (const [file, { reading, findings }] of read) {
    if (reading?.foreign !== undefined) {
      note(`${file}: ${reading.explanation ?? `This is a manifest of ${reading.foreign}.`}`);
      continue;
    }
    own.set(file, findings);
    if (reading === undefined) continue;
    texts.set(file, reading.document.text);
    workspace.set(file, reading);
  }
  const findings = [...own].flatMap(([file, list]) =>
    [...list, ...workspace.findingsFor(file)].sort(byPlace),
  );
  renderFindings(
    {
      findings,
      files: own.size,
      textOf: file => texts.get(file),
      sarif: { command: 'validate', version: options.version, rules: manifestSarifRules(), notes },
    },
    options.format,
    terminal,
  );
  return exitCodeFor(findings, options.strict);
}

function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}

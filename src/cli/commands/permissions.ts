import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  type Examination,
  type ExaminationTools,
  examinePermissions,
} from '../../analysis/examination/index.ts';
import { createPackageKnowledge, packageFiles, readPackageFile } from '../../analysis/packages/index.ts';
import {
  createInference,
  isOwnSource,
  type PluginSource,
  type TightenTo,
  tightenManifest,
} from '../../analysis/permissions/index.ts';
import { type Finding, messageOf, WorkbenchError } from '../../base/index.ts';
import { pluginFilesOnDisk } from '../../manifest/disk/index.ts';
import { type ManifestReading, manifestFileNames } from '../../manifest/index.ts';
import { defaultDataDir, readAuditFiles } from '../audit-files.ts';
import { type ExitCode, exitCodeFor } from '../exit.ts';
import { manifestsAt } from '../manifest-paths.ts';
import type { ExaminedPlugin } from '../permissions-report.ts';
import { placesOf, readManifests } from '../read-manifests.ts';
import { readSource } from '../read-source.ts';
import { renderFindings } from '../render-findings.ts';
import { renderPermissions } from '../render-permissions.ts';
import { permissionSarifRules } from '../sarif/index.ts';
import { printable, type Terminal } from '../terminal.ts';
import { findFiles } from '../walk-files.ts';

/** How the comparison is printed; `md` is for pull requests. */
export type PermissionsFormat = 'text' | 'json' | 'sarif' | 'md';

export interface PermissionsOptions {
  readonly format: PermissionsFormat;
  readonly strict: boolean;
  /** Where the audit logs lie; where `run` writes them when left out. */
  readonly dataDir?: string | undefined;
  /** Files that say what packages need, beside what is known. */
  readonly packages: readonly string[];
  /** Take out of the manifests what is not used: say what would change, and with `write` do it. */
  readonly tighten?: TightenTo | undefined;
  readonly write: boolean;
  /** Folder with the grammars. */
  readonly wasmDir: string;
  /** The version of this program, for reports. */
  readonly version: string;
}

/**
 * Compares what manifests declare with what source needs and runs used.
 *
 * @throws WorkbenchError when a path does not exist, or a file about packages can't be read.
 */
export async function permissions(
  paths: readonly string[],
  options: PermissionsOptions,
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
  if (files.length === 0) note(`No ${manifestFileNames.join(', ')} there: nothing to compare.`);
  const tools: ExaminationTools = {
    inference: await createInference({ loadWasm: name => readFile(join(options.wasmDir, name)) }),
    packages: createPackageKnowledge(await Promise.all(options.packages.map(readKnowledge))),
  };
  const texts = new Map<string, string>();
  const examined: ExaminedPlugin[] = [];
  const findings: Finding[] = [];
  for (const [file, { reading, findings: own }] of await readManifests(files, placesOf(paths))) {
    if (reading?.foreign !== undefined) {
      note(`${file}: ${reading.explanation ?? `This is a manifest of ${reading.foreign}.`}`);
      continue;
    }
    if (reading?.sketch === undefined) {
      findings.push(...own);
      continue;
    }
    const plugin = await examine(file, reading, { options, tools, texts, note });
    if (plugin === undefined) continue;
    for (const text of plugin.notes) notes.push(`${plugin.input.manifest.id}: ${text}`);
    findings.push(...plugin.findings);
    const tightening =
      options.tighten === undefined
        ? undefined
        : tightenManifest(reading.document, plugin.input, options.tighten);
    if (options.write && tightening !== undefined && tightening.edits.length > 0) {
      await writeFile(file, tightening.text);
    }
    examined.push({ file, ...plugin, tightening, isWritten: options.write });
  }
  if (options.format === 'sarif') {
    const sarif = { command: 'permissions', version: options.version, rules: permissionSarifRules(), notes };
    renderFindings(
      { findings, files: examined.length, textOf: file => texts.get(file), sarif },
      'sarif',
      terminal,
    );
  } else {
    renderPermissions(
      { plugins: examined, findings, textOf: file => texts.get(file) },
      options.format,
      terminal,
    );
  }
  return exitCodeFor(findings, options.strict);
}

interface Work {
  readonly options: PermissionsOptions;
  readonly tools: ExaminationTools;
  /** Takes the texts of what was looked at, for excerpts. */
  readonly texts: Map<string, string>;
  note(text: string): void;
}

async function examine(
  file: string,
  { document, sketch }: ManifestReading,
  { options, tools, texts, note }: Work,
): Promise<Examination | undefined> {
  if (sketch === undefined) return undefined;
  const folder = dirname(file);
  texts.set(file, document.text);
  const source = await sourceOf(folder, texts);
  const beside = pluginFilesOnDisk(folder);
  const listed = packageFiles.flatMap(name => {
    const text = beside.textOf?.(name);
    return text === undefined ? [] : [{ file: join(folder, name), text }];
  });
  for (const one of listed) texts.set(one.file, one.text);
  const dataDir = options.dataDir ?? defaultDataDir(process.env);
  const audit = await readAuditFiles(dataDir, sketch.id, (path, code) =>
    note(`${path}: can’t be read (${code})`),
  );
  return examinePermissions({ document, manifest: sketch, source, packageFiles: listed, audit }, tools);
}

/** The plugin's own source; a plugin below it is another one. */
async function sourceOf(folder: string, texts: Map<string, string>): Promise<PluginSource> {
  const names = new Map<string, string>();
  const below = (await manifestsAt([folder])).map(dirname).filter(other => other !== folder);
  const isOthers = (path: string): boolean => below.some(other => path.startsWith(join(other, '/')));
  const found = await findFiles([folder], path => isOwnSource(relative(folder, path)) && !isOthers(path));
  for (const path of found) {
    const { text } = readSource(path);
    if (text !== undefined) texts.set(path, text);
    names.set(relative(folder, path).replaceAll('\\', '/'), path);
  }
  return {
    files: [...names.keys()],
    textOf: name => texts.get(names.get(name) ?? ''),
    absolute: name => names.get(name) ?? join(folder, name),
  };
}

async function readKnowledge(file: string) {
  try {
    return readPackageFile(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new WorkbenchError('PW-CLI-PACKAGES', `${file} can’t be used: ${messageOf(cause)}`, {
      nextStep: 'Write it as { "npm": { "package": ["network/connect:host"] } }.',
      cause,
    });
  }
}

import { statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Finding, messageOf, WorkbenchError } from '../../base/index.ts';
import { type ManifestFile, pluginFilesOnDisk, readManifestFile } from '../../manifest/disk/index.ts';
import { type ManifestDocument, manifestFileNames, type PluginManifest } from '../../manifest/index.ts';
import type { Problem } from '../../protocol/editor/index.ts';
import { isWithin } from '../process/grants.ts';

/** A plugin's folder with a manifest that can be run. */
export interface PluginSource {
  /** Real path of the folder. */
  readonly dir: string;
  readonly document: ManifestDocument;
  readonly manifest: PluginManifest;
  /** Real path of the module that is loaded first, inside the folder. */
  readonly entry: string;
}

/**
 * Reads the manifest in a plugin's folder.
 *
 * @throws WorkbenchError `PW-PLUGIN-FOLDER` (no such folder), `PW-PLUGIN-MANIFEST-MISSING`, `PW-PLUGIN-MANIFEST` with
 * the findings in its details, `PW-PLUGIN-ENTRY`
 */
export async function readPluginSource(folder: string): Promise<PluginSource> {
  const dir = await realpath(folder).catch(cause => {
    throw new WorkbenchError('PW-PLUGIN-FOLDER', `There is no folder ${folder}.`, { cause });
  });
  const { file, reading, findings } = findManifest(dir);
  const manifest = reading?.manifest;
  if (reading === undefined || manifest === undefined) {
    const errors = findings.filter(finding => finding.severity === 'error');
    const first = errors[0] ?? findings[0];
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    const system = reading?.foreign ?? 'a plugin system the workbench does not know';
    const why = first ? `${first.message}${more}` : `it is for ${system}.`;
    throw new WorkbenchError('PW-PLUGIN-MANIFEST', `The manifest ${file} can't be run: ${why}`, {
      nextStep: 'Mend the manifest; each finding says how.',
      details: { file, findings },
    });
  }
  return { dir, document: reading.document, manifest, entry: await findEntry(dir, manifest) };
}

function findManifest(dir: string): ManifestFile & { readonly file: string } {
  const files = pluginFilesOnDisk(dir);
  for (const name of manifestFileNames) {
    if (files.kindOf(name) !== 'file') continue;
    const file = path.join(dir, name);
    const read = readManifestFile(file);
    if (read !== undefined) return { file, ...read };
  }
  throw new WorkbenchError('PW-PLUGIN-MANIFEST-MISSING', `There is no manifest in ${dir}.`, {
    nextStep: `Add a ${manifestFileNames[0]}, or open the folder that has one.`,
  });
}

async function findEntry(dir: string, manifest: PluginManifest): Promise<string> {
  const fail = (why: string): never => {
    throw new WorkbenchError('PW-PLUGIN-ENTRY', `The entry of ${manifest.name} can't be loaded: ${why}.`, {
      nextStep: 'Let the manifest name a file in the plugin’s folder.',
    });
  };
  if (manifest.entry === undefined) return fail('the manifest names none');
  const entry = await realpath(path.resolve(dir, manifest.entry)).catch(() => undefined);
  if (entry === undefined) return fail(`${manifest.entry} does not exist`);
  if (!isWithin(dir, entry)) return fail(`${manifest.entry} leads out of the plugin's folder`);
  if (!statSync(entry).isFile()) return fail(`${manifest.entry} is not a file`);
  return entry;
}

/** Where the manifest states a canonical field, 1-based; `undefined` when it does not state it. */
export function placeOf(source: PluginSource, field: string): Problem['location'] {
  const at = source.manifest.origins[field];
  if (!at) return undefined;
  const { start } = source.document.rangeOf(at);
  return { file: source.document.file, line: start.line + 1, column: start.character + 1 };
}

/** What is wrong with a manifest that can't be read again, at the place of its first error. */
export function problemOfSource(error: unknown): Problem {
  if (!(error instanceof WorkbenchError)) {
    return { code: 'PW-PLUGIN-UNREADABLE', message: `The plugin can't be read: ${messageOf(error)}` };
  }
  const findings = error.details?.['findings'];
  const all = Array.isArray(findings) ? (findings as readonly Finding[]) : [];
  const first = all.find(finding => finding.severity === 'error');
  const place = first?.range.start;
  return {
    code: error.code,
    message: error.message,
    ...(error.nextStep ? { nextStep: error.nextStep } : {}),
    ...(first && place
      ? { location: { file: first.file, line: place.line + 1, column: place.character + 1 } }
      : {}),
  };
}

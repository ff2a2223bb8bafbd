import { basename, dirname, join } from 'node:path';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type Range,
  ResourceOperationKind,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { pluginFilesOnDisk } from '../manifest/disk/index.ts';
import { convertManifest, type ManifestReading, type ProfileId, profiles } from '../manifest/index.ts';
import { wholeText } from './fix-all.ts';
import { uriOf } from './uri.ts';

/** The command a client sends back when a conversion was chosen; its arguments are the document's address and a profile. */
export const CONVERT_COMMAND = 'pluginWorkbench.server.convertManifest';

/** Whether a client can give a file another name while it changes its text. */
export function canRenameFiles({ workspace }: ClientCapabilities): boolean {
  const edit = workspace?.workspaceEdit;
  return (
    edit?.documentChanges === true && edit.resourceOperations?.includes(ResourceOperationKind.Rename) === true
  );
}

/** Offers to rewrite a manifest for each other plugin system. */
export function conversionActions(
  { document, profile, sketch }: ManifestReading,
  uri: string,
  renames: boolean,
): CodeAction[] {
  if (profile === undefined || sketch === undefined) return [];
  return profiles
    .filter(
      ({ id, fileNames }) =>
        id !== profile.id && (renames || isSameFormat(document.file, fileNames[0] ?? '')),
    )
    .map(({ id, title: name }) => {
      const title = `Convert this manifest to ${name}`;
      const command = { title, command: CONVERT_COMMAND, arguments: [uri, id] };
      return { title, kind: CodeActionKind.RefactorRewrite, command };
    });
}

/** Whether conversions are worth a light bulb at a range: at the top of a manifest only. */
export function isAtTop(range: Range): boolean {
  return range.start.line <= 1;
}

/** A conversion that is ready to be applied. */
export interface Conversion {
  readonly edit: WorkspaceEdit;
  /** What the person should know; a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Rewrites a manifest; the file gets the name such a manifest has, where that says another format.
 *
 * @returns a sentence when it can't be done
 */
export function convert(
  { document, sketch }: ManifestReading,
  uri: string,
  to: ProfileId,
): Conversion | { readonly refusal: string } {
  if (sketch === undefined) return { refusal: 'This manifest can’t be read well enough to convert it.' };
  const { text, fileName, notes } = convertManifest(document, sketch, to);
  const edits = text === document.text ? [] : [wholeText(document.text, text)];
  if (isSameFormat(document.file, fileName)) return { edit: { changes: { [uri]: edits } }, notes };
  const folder = dirname(document.file);
  if (pluginFilesOnDisk(folder).kindOf(fileName) !== undefined) {
    return { refusal: `There is a ${fileName} beside this manifest already.` };
  }
  const newUri = uriOf(join(folder, fileName));
  const renamed = { kind: 'rename' as const, oldUri: uri, newUri };
  return {
    edit: { documentChanges: [renamed, { textDocument: { uri: newUri, version: null }, edits }] },
    notes: [`${basename(document.file)} is now ${fileName}.`, ...notes],
  };
}

function isSameFormat(file: string, other: string): boolean {
  const isYaml = (name: string): boolean => /\.ya?ml$/i.test(name);
  return isYaml(file) === isYaml(other);
}

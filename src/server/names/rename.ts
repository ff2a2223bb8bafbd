import { ErrorCodes, ResponseError, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import { createLineMap } from '../../base/index.ts';
import { uriOf } from '../uri.ts';
import type { PluginName } from './name.ts';
import { type NameScope, occurrencesOf, ownersOf } from './occurrences.ts';

/** What ids look like in every profile. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;

/**
 * The edits that give a name another spelling everywhere.
 *
 * @throws ResponseError with a message for the person when the new name is none, or is taken
 */
export function renameEverywhere(name: PluginName, newId: string, scope: NameScope): WorkspaceEdit {
  if (!ID.test(newId)) {
    throw refusal('A name begins with a letter or digit and goes on with letters, digits and . _ : / -');
  }
  if (name.kind === 'command' && newId !== name.id) {
    const taken = ownersOf(newId, scope).some(({ file }) => file === name.owner);
    if (taken) throw refusal(`The plugin has a command \`${newId}\` already.`);
  }
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, text, start, end } of occurrencesOf(name, scope)) {
    const uri = uriOf(file);
    const edits = changes[uri] ?? [];
    changes[uri] = edits;
    edits.push({ range: createLineMap(text).rangeOf(start, end), newText: newId });
  }
  return { changes };
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}

import { type ExecuteCommandParams, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import { type ProfileId, profiles } from '../../manifest/index.ts';
import { CONVERT_COMMAND, convert } from '../manifest-conversion.ts';
import type { RequestParts, Subjects } from './subject.ts';

/** Carries out a conversion that was chosen, and says what it could not take along. */
export function answerConversions({ connection, boundary }: RequestParts, subjects: Subjects): void {
  // Nothing is to be answered, so it is no request.
  const tell = (type: MessageType, message: string): void => {
    void connection.sendNotification(ShowMessageNotification.type, { type, message });
  };
  connection.onExecuteCommand(
    boundary.request('command', async ({ command, arguments: args = [] }: ExecuteCommandParams) => {
      const [uri, to]: unknown[] = args;
      if (command !== CONVERT_COMMAND || typeof uri !== 'string' || !isProfile(to)) return null;
      const reading = subjects.readingOf({ textDocument: { uri } });
      if (reading === undefined) return null;
      const conversion = convert(reading, uri, to);
      if ('refusal' in conversion) {
        tell(MessageType.Error, conversion.refusal);
        return null;
      }
      const { applied } = await connection.workspace.applyEdit({
        label: 'Convert the manifest',
        edit: conversion.edit,
      });
      if (applied && conversion.notes.length > 0) {
        tell(MessageType.Warning, conversion.notes.join('\n'));
      }
      return applied;
    }),
  );
}

function isProfile(id: unknown): id is ProfileId {
  return profiles.some(profile => profile.id === id);
}

import * as vscode from 'vscode';
import type { FrontEndAnswer, FrontEndQuestion } from '../../protocol/editor/index.ts';

/** Does for a plugin what only the editor can; the debug host has checked that the plugin may ask. */
export async function answerQuestion(question: FrontEndQuestion): Promise<FrontEndAnswer> {
  switch (question.kind) {
    case 'clipboard/read':
      return { type: 'answered', value: await vscode.env.clipboard.readText() };
    case 'clipboard/write':
      await vscode.env.clipboard.writeText(question.text);
      return { type: 'answered', value: null };
    case 'notifications/show':
      return { type: 'answered', value: (await show(question)) ?? null };
  }
}

/** Says whose message it is: it must not pass for one of the editor's own. */
function show({
  pluginId,
  level,
  message,
  actions,
}: Extract<FrontEndQuestion, { kind: 'notifications/show' }>): Thenable<string | undefined> {
  const text = `${pluginId}: ${message}`;
  if (level === 'error') return vscode.window.showErrorMessage(text, ...actions);
  if (level === 'warning') return vscode.window.showWarningMessage(text, ...actions);
  return vscode.window.showInformationMessage(text, ...actions);
}

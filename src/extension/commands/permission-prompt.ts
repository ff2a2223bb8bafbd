import * as vscode from 'vscode';
import type { ApprovalRequest } from '../../protocol/editor/index.ts';
import { describeApproval } from '../presentation/approval-text.ts';
import { oneLine } from '../presentation/one-line.ts';

/** What the user said: for this version of the plugin, for this run, or not at all. */
export type Permission = 'always' | 'once' | undefined;

/** Asks, before a plugin first runs, whether it may have what its manifest asks for. */
export async function askPermission(request: ApprovalRequest): Promise<Permission> {
  const { question, detail } = describeApproval(request);
  const [always, once] = ['Allow', 'Allow Once'];
  const howLong = `“${always}” holds until it asks for more, “${once}” until it stops.`;
  const options = { modal: true, detail: `${detail}\n\n${howLong}` };
  const chosen = await vscode.window.showWarningMessage(question, options, always, once);
  if (chosen === always) return 'always';
  return chosen === once ? 'once' : undefined;
}

/** Tells that a plugin that runs asks for more now; resolves to true when the user allows it. */
export async function askForMore(request: ApprovalRequest): Promise<boolean> {
  const review = 'Review…';
  const message = `${oneLine(request.name)} asks for more than you allowed, and runs without it.`;
  if ((await vscode.window.showWarningMessage(message, review)) !== review) return false;
  const { question, detail } = describeApproval(request);
  const allow = 'Allow';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, allow)) === allow;
}

/** Asks before a plugin is stopped that others need. */
export async function confirmStop(name: string, dependants: readonly string[]): Promise<boolean> {
  const stop = 'Stop All of Them';
  const chosen = await vscode.window.showWarningMessage(
    `${name} is needed by ${dependants.join(', ')}.`,
    { modal: true, detail: 'Those would fail without it, so they are stopped first.' },
    stop,
  );
  return chosen === stop;
}

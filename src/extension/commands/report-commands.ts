import type * as vscode from 'vscode';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import type { ReportDocuments } from '../reports/report-documents.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

const any: Choice = {
  fits: () => true,
  placeHolder: 'Choose a plugin',
  none: 'There is no plugin in this workspace.',
};

/** Shows what a plugin may do, and what is wrong with it. Nothing runs for it, so no trust is needed. */
export function registerReportCommands(
  boundary: FailureBoundary,
  { board, reports }: { readonly board: PluginBoard; readonly reports: ReportDocuments },
): vscode.Disposable[] {
  return [
    boundary.register('showPermissions', async target => {
      const entry = await choosePlugin(board, target, any);
      if (entry !== undefined) await reports.show('permissions', entry.folder);
    }),
    boundary.register('reviewPlugin', async target => {
      const entry = await choosePlugin(board, target, any);
      if (entry !== undefined) await reports.show('review', entry.folder);
    }),
  ];
}

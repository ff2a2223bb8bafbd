import * as vscode from 'vscode';
import { messageOf } from '../../base/index.ts';
import type { PluginStatus } from '../../protocol/editor/index.ts';
import type { PluginFolder } from '../plugins/plugin-folder.ts';
import { parseArgs, summarizeResult } from '../presentation/json-args.ts';
import { isWorkbenchError } from '../workbench-error.ts';
import type { FailureBoundary } from './boundary.ts';
import { choosePlugin, methodOf } from './choose-plugin.ts';
import { alive, type CommandParts } from './run-commands.ts';

/** Calls a command of a running plugin, and shows its answer. Answers with the result, for keybindings. */
export function registerInvokeCommand(boundary: FailureBoundary, parts: CommandParts): vscode.Disposable {
  const { board, runner, logs } = parts;

  return boundary.register('invokeCommand', async target => {
    const chosen = await chooseMethod(target);
    if (chosen === undefined) return undefined;
    const { status, dir, method, title } = chosen;
    const typed = await vscode.window.showInputBox({
      title,
      prompt: 'Arguments as JSON; leave empty for none',
      placeHolder: '{"name": "Ada"}',
      validateInput: text => {
        try {
          parseArgs(text);
          return undefined;
        } catch (error) {
          return messageOf(error);
        }
      },
    });
    if (typed === undefined) return undefined;
    const answer = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Running ${title}`, cancellable: true },
      (_, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        return runner
          .invoke(status.pluginId, method, parseArgs(typed), abort.signal)
          .then(result => ({ result }), refusalOf);
      },
    );
    if (answer instanceof Error) {
      parts.log.error(answer.message);
      offerManifest(`${title}: ${answer.message}`, board.byDir(dir)?.folder);
      return undefined;
    }
    const { result } = answer;
    const channel = logs.channelOf(dir);
    channel.info(`${method} answered: ${JSON.stringify(result, undefined, 2)}`);
    const show = 'Show';
    // Not awaited: the message may stay for as long as it likes.
    void vscode.window.showInformationMessage(`${title}: ${summarizeResult(result)}`, show).then(action => {
      if (action === show) channel.show(true);
    });
    return result;
  });

  async function chooseMethod(
    target: unknown,
  ): Promise<{ status: PluginStatus; dir: string; method: string; title: string } | undefined> {
    const method = methodOf(target);
    if (method !== undefined || target !== undefined) {
      const entry = await choosePlugin(board, target, alive);
      if (entry?.status === undefined) return undefined;
      const { status, folder } = entry;
      if (method === undefined) return pick([entry.status]);
      const title = status.commands.find(({ id }) => id === method)?.title || method;
      return { status, dir: folder.dir, method, title };
    }
    return pick(board.entries().flatMap(entry => (alive.fits(entry) && entry.status ? [entry.status] : [])));
  }

  /** Asks for one of the commands of those plugins. */
  async function pick(
    statuses: readonly PluginStatus[],
  ): Promise<{ status: PluginStatus; dir: string; method: string; title: string } | undefined> {
    const items = statuses.flatMap(status =>
      status.commands.map(({ id, title }) => ({
        label: title || id,
        description: status.name,
        detail: id,
        status,
      })),
    );
    if (items.length === 0) {
      void vscode.window.showInformationMessage('No running plugin has a command.');
      return undefined;
    }
    const item = await vscode.window.showQuickPick(items, {
      placeHolder: 'Choose a command',
      matchOnDescription: true,
      matchOnDetail: true,
    });
    const entry = item && board.byId(item.status.pluginId);
    return (
      item && entry && { status: item.status, dir: entry.folder.dir, method: item.detail, title: item.label }
    );
  }
}

/** A call that failed for want of a grant; any other failure is thrown. */
function refusalOf(error: unknown): Error {
  if (isWorkbenchError(error, 'PW-PERMISSION-DENIED')) return error;
  throw error;
}

/** Shows a refusal, and leads to where it is marked: there is the quick fix that grants what was missing. */
function offerManifest(message: string, folder: PluginFolder | undefined): void {
  const open = 'Open Manifest';
  void vscode.window.showErrorMessage(message, ...(folder ? [open] : [])).then(async chosen => {
    if (chosen !== open || folder === undefined) return;
    const uri = vscode.Uri.file(folder.manifestFile);
    const mark = vscode.languages.getDiagnostics(uri).find(({ code }) => code === 'PW-PERMISSION-DENIED');
    await vscode.window.showTextDocument(uri, mark ? { selection: mark.range } : {});
  });
}

import * as vscode from 'vscode';
import type { LanguageService } from '../language/language-client.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

const any: Choice = {
  fits: () => true,
  placeHolder: 'Choose the plugin whose manifest is to be tightened',
  none: 'There is no plugin in this workspace.',
};

const scheme = 'plugin-workbench-tightened';

const ways = [
  { label: 'What source or runs use', detail: 'Keeps whatever either of them shows.', to: 'both' },
  { label: 'What the source needs', detail: 'By what the analysis finds in it.', to: 'inferred' },
  {
    label: 'What runs used',
    detail: 'By the audit of this version. What no run has done yet is taken away.',
    to: 'observed',
  },
] as const;

/** “Tighten Permissions…”: shows the manifest without the grants that nothing uses beside it, and applies that when told to. */
export function registerTightenCommand(
  boundary: FailureBoundary,
  parts: { readonly board: PluginBoard; language(): Promise<LanguageService>; readonly dataDir: string },
): vscode.Disposable {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => texts.get(uri.path) ?? '',
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.path);
  });

  const command = boundary.register('tightenPermissions', async target => {
    const entry = await choosePlugin(parts.board, target, any);
    if (entry === undefined) return;
    const way = await vscode.window.showQuickPick(ways, { placeHolder: 'Tighten the manifest to…' });
    if (way === undefined) return;
    const { manifestFile, name } = entry.folder;
    const manifest = vscode.Uri.file(manifestFile);
    const service = await parts.language();
    const cancel = new vscode.CancellationTokenSource();
    const result = await service
      .tighten(manifest.toString(), parts.dataDir, way.to, cancel.token)
      .finally(() => cancel.dispose());
    if (result === undefined) {
      void vscode.window.showWarningMessage(`The manifest of ${name} can’t be read.`);
      return;
    }
    const { before, after, changes, kept } = result;
    if (changes.length === 0) {
      void vscode.window.showInformationMessage(
        ['Nothing can be taken out of the manifest.', ...kept.slice(0, 3).map(sentence)].join(' '),
      );
      return;
    }
    const preview = vscode.Uri.from({ scheme, path: manifest.path });
    texts.set(preview.path, after);
    changed.fire(preview);
    await vscode.commands.executeCommand(
      'vscode.diff',
      manifest,
      preview,
      `Tighten the permissions of ${name}`,
      { preview: true },
    );
    const told = changes.slice(0, 6).map(sentence);
    const apply = 'Apply';
    const chosen = await vscode.window.showInformationMessage(
      `Tighten the manifest of ${name}? ${told.join(' ')}${changes.length > 6 ? ` And ${changes.length - 6} more.` : ''}`,
      apply,
      'Leave It',
    );
    if (chosen === apply) await replace(manifest, before, after);
    await closeDiff(preview);
  });
  return vscode.Disposable.from(command, provider, closed, changed);
}

/** As messages have it: they begin with a capital, and backticks are no markup in them. */
function sentence(text: string): string {
  const plain = text.replaceAll('`', '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Takes the difference away, once it is decided on. */
async function closeDiff(preview: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const isIt = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === preview.toString();
  await vscode.window.tabGroups.close(tabs.filter(isIt));
}

/** Changes the manifest in the editor, so that it can be undone; not when it is another text by now. */
async function replace(uri: vscode.Uri, before: string, after: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() !== before) {
    void vscode.window.showWarningMessage('The manifest has changed meanwhile, so it was left as it is.');
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), after);
  if (await vscode.workspace.applyEdit(edit)) await document.save();
}

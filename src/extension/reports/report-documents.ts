import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/index.ts';
import type { LanguageService, ReportKind } from '../language/language-client.ts';
import type { PluginFolder } from '../plugins/plugin-folder.ts';

/** Shows reports about plugins. */
export interface ReportDocuments extends Disposable {
  /** Opens a report, or brings it to the front and up to date. */
  show(kind: ReportKind, plugin: Pick<PluginFolder, 'name' | 'manifestFile'>): Promise<void>;
}

const SCHEME = 'plugin-workbench-report';
const titles: Readonly<Record<ReportKind, string>> = { permissions: 'Permissions of', review: 'Review of' };

/**
 * Reports are documents that nobody can write, shown as rendered Markdown. They are made anew when a file is saved.
 *
 * @param language resolves once the language server runs
 */
export function createReportDocuments(language: () => Promise<LanguageService>): ReportDocuments {
  const held = new DisposableStore();
  const changed = held.add(new vscode.EventEmitter<vscode.Uri>());
  held.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri, token) => {
        const { kind, manifest } = JSON.parse(uri.query) as { kind: ReportKind; manifest: string };
        const markdown = await (await language()).report(kind, manifest, token);
        return markdown ?? 'There is no such plugin any more.\n';
      },
    }),
  );
  held.add(
    vscode.workspace.onDidSaveTextDocument(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) changed.fire(uri);
    }),
  );
  return {
    show: async (kind, { name, manifestFile }) => {
      const manifest = vscode.Uri.file(manifestFile).toString();
      const uri = vscode.Uri.from({
        scheme: SCHEME,
        // It becomes the title of a tab.
        path: `/${titles[kind]} ${name.replaceAll(/[\\/]/g, ' ')}.md`,
        query: JSON.stringify({ kind, manifest }),
      });
      changed.fire(uri);
      await vscode.workspace.openTextDocument(uri);
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    },
    dispose: () => held.dispose(),
  };
}

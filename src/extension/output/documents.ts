import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/index.ts';

/** Read-only documents that the workbench writes: crash reports and audits. */
export interface WorkbenchDocuments extends Disposable {
  /** Shows a Markdown document; one of that name that is open shows the new text. */
  show(name: string, markdown: string): Promise<void>;
  /** Gives a document that is open a new text. */
  update(name: string, markdown: string): void;
  isOpen(name: string): boolean;
}

const scheme = 'plugin-workbench';

export function createDocuments(): WorkbenchDocuments {
  const held = new DisposableStore();
  const texts = new Map<string, string>();
  const changes = held.add(new vscode.EventEmitter<vscode.Uri>());
  const uriOf = (name: string): vscode.Uri => vscode.Uri.from({ scheme, path: `/${name}.md` });
  held.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changes.event,
      provideTextDocumentContent: uri => texts.get(uri.path) ?? '',
    }),
  );
  held.add(
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.path);
    }),
  );

  function update(name: string, markdown: string): void {
    const uri = uriOf(name);
    texts.set(uri.path, markdown);
    changes.fire(uri);
  }

  return {
    show: async (name, markdown) => {
      update(name, markdown);
      const document = await vscode.workspace.openTextDocument(uriOf(name));
      await vscode.window.showTextDocument(document, { preview: true });
    },
    update,
    isOpen: name =>
      vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === uriOf(name).toString()),
    dispose: () => held.dispose(),
  };
}

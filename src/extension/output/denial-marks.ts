import * as vscode from 'vscode';
import { type Disposable, DisposableStore, type Range } from '../../base/index.ts';
import type { HostEvent } from '../../protocol/editor/index.ts';
import { loadBackground } from '../load-background.ts';
import { createDeniedNeeds } from '../plugins/denied-needs.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { oneLine } from '../presentation/one-line.ts';

const collectionName = 'plugin-workbench-denials';

/** A mark that knows what was refused. */
class DenialMark extends vscode.Diagnostic {
  readonly need: { readonly scope: string; readonly action: string; readonly resource: string };

  constructor(range: vscode.Range, message: string, need: DenialMark['need']) {
    super(range, message, vscode.DiagnosticSeverity.Warning);
    this.need = need;
  }
}

/** Marks in a manifest what a run was refused for want of it, each with the quick fix that adds the grant. */
export interface DenialMarks extends Disposable {
  receive(event: HostEvent): void;
}

/** @param onBug told what goes wrong while nobody waits for an answer. */
export function createDenialMarks(board: PluginBoard, onBug: (error: unknown) => void): DenialMarks {
  const held = new DisposableStore();
  const collection = held.add(vscode.languages.createDiagnosticCollection(collectionName));
  const needs = createDeniedNeeds();

  async function refresh(pluginId: string): Promise<void> {
    const file = board.byId(pluginId)?.folder.manifestFile;
    if (file === undefined) return;
    const uri = vscode.Uri.file(file);
    if (needs.of(pluginId).length === 0) {
      collection.delete(uri);
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const range = placeOfGrants(document);
    // Asked for again: while the document was opened, more may have come.
    const marks = needs.of(pluginId).map(({ scope, action, resource, grant }) => {
      const message = `When it ran, it was refused: ${scope} ${action} ${oneLine(resource)}\nTo allow it, add: ${grant}`;
      const mark = new DenialMark(range, message, { scope, action, resource });
      mark.source = collectionName;
      mark.code = 'PW-PERMISSION-DENIED';
      return mark;
    });
    collection.set(uri, marks);
  }

  held.add(
    vscode.languages.registerCodeActionsProvider(
      { scheme: 'file', pattern: '**/plugin.{json,yaml,yml}' },
      {
        provideCodeActions: async (document, range) => {
          const marks = (collection.get(document.uri) ?? []).filter(
            (mark): mark is DenialMark =>
              mark instanceof DenialMark && mark.range.intersection(range) !== undefined,
          );
          const profile = board.entries().find(({ folder }) => folder.manifestFile === document.uri.fsPath)
            ?.folder.loaded?.profile;
          if (marks.length === 0 || profile === undefined) return [];
          const { addGrant, parseManifest } = await loadBackground();
          const manifest = parseManifest(document.getText(), document.uri.fsPath);
          return marks.flatMap(mark => {
            const edits = addGrant(manifest, profile, mark.need);
            return edits.length === 0 ? [] : [fixOf(document, mark, edits)];
          });
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );

  return {
    receive: event => {
      const changed = needs.receive(event);
      if (changed) refresh(changed.pluginId).catch(onBug);
    },
    dispose: () => held.dispose(),
  };
}

function fixOf(
  document: vscode.TextDocument,
  mark: DenialMark,
  edits: readonly { readonly range: Range; readonly newText: string }[],
): vscode.CodeAction {
  const { scope, action, resource } = mark.need;
  const fix = new vscode.CodeAction(
    `Allow ${scope} ${action} ${oneLine(resource)} in the manifest`,
    vscode.CodeActionKind.QuickFix,
  );
  fix.diagnostics = [mark];
  fix.edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    fix.edit.replace(document.uri, place, newText);
  }
  return fix;
}

/** Where a manifest grants things, in the words of all plugin systems; its first line where it grants nothing yet. */
function placeOfGrants(document: vscode.TextDocument): vscode.Range {
  const found = /^\s*"?(capabilities|permissions)"?\s*:/m.exec(document.getText());
  if (found === null) return document.lineAt(0).range;
  const start = found.index + found[0].indexOf(found[1] ?? '');
  return new vscode.Range(document.positionAt(start), document.positionAt(start + (found[1]?.length ?? 0)));
}

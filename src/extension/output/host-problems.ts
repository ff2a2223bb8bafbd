import * as vscode from 'vscode';
import type { Disposable } from '../../base/index.ts';
import type { HostEvent, Problem } from '../../protocol/editor/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import type { PluginFolder } from '../plugins/plugin-folder.ts';
import { placeOf } from '../presentation/problem-place.ts';

/** Shows in the Problems view why a plugin failed to start, to reload or to go on. */
export interface HostProblems extends Disposable {
  receive(event: HostEvent): void;
  show(folder: PluginFolder, problem: Problem): void;
  clear(dir: string): void;
}

/** The owner's name, as `vscode.languages.getDiagnostics` gives it in `source`. */
const collectionName = 'plugin-workbench-host';

export function createHostProblems(board: PluginBoard): HostProblems {
  const collection = vscode.languages.createDiagnosticCollection(collectionName);
  /** Plugin folder → the file its one problem is shown at. A file can have the problems of nested plugins. */
  const shown = new Map<string, { readonly uri: vscode.Uri; readonly diagnostic: vscode.Diagnostic }>();

  function clear(dir: string): void {
    const old = shown.get(dir);
    if (old === undefined) return;
    shown.delete(dir);
    refresh(old.uri);
  }

  function refresh(uri: vscode.Uri): void {
    const here = [...shown.values()].filter(entry => entry.uri.fsPath === uri.fsPath);
    collection.set(
      uri,
      here.map(({ diagnostic }) => diagnostic),
    );
  }

  function show(folder: PluginFolder, problem: Problem): void {
    clear(folder.dir);
    const place = placeOf(problem, folder);
    const uri = vscode.Uri.file(place.file);
    const text = problem.nextStep === undefined ? problem.message : `${problem.message}\n${problem.nextStep}`;
    const diagnostic = new vscode.Diagnostic(rangeAt(uri, place.line, place.character), text);
    diagnostic.source = collectionName;
    diagnostic.code = problem.code;
    shown.set(folder.dir, { uri, diagnostic });
    refresh(uri);
  }

  return {
    show,
    clear,
    receive: event => {
      if (event.type === 'problem') {
        const entry = board.byId(event.pluginId) ?? board.byDir(event.dir);
        if (entry === undefined) return;
        if (event.problem) show(entry.folder, event.problem);
        else clear(entry.folder.dir);
      } else if (event.type === 'state') {
        const { state, problem, pluginId } = event.status;
        const entry = board.byId(pluginId);
        if (entry === undefined) return;
        // A new start or a stop settles the past; `running` does not: the old one may serve on after a bad reload.
        if (problem) show(entry.folder, problem);
        else if (state === 'starting' || state === 'stopped') clear(entry.folder.dir);
      }
    },
    dispose: () => collection.dispose(),
  };
}

/** The word at that place when the file is open, else one character. */
function rangeAt(uri: vscode.Uri, line: number, character: number): vscode.Range {
  const position = new vscode.Position(line, character);
  const document = vscode.workspace.textDocuments.find(open => open.uri.fsPath === uri.fsPath);
  const word =
    document && line < document.lineCount
      ? document.getWordRangeAtPosition(document.validatePosition(position))
      : undefined;
  return word ?? new vscode.Range(position, position.translate(0, 1));
}

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

interface Shown {
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

/** Each single thing that is wrong, as a problem of its own; what to do is said once. */
function partsOf(problem: Problem): Problem[] {
  const { code, nextStep, related = [] } = problem;
  if (related.length === 0) return [problem];
  return related.map((part, index) => ({ code, ...part, ...(index === 0 && nextStep ? { nextStep } : {}) }));
}

export function createHostProblems(board: PluginBoard): HostProblems {
  const collection = vscode.languages.createDiagnosticCollection(collectionName);
  /** Plugin folder → where its problems are shown. A file can have the problems of nested plugins. */
  const shown = new Map<string, readonly Shown[]>();

  function clear(dir: string): void {
    const old = shown.get(dir);
    if (old === undefined) return;
    shown.delete(dir);
    refresh(old);
  }

  /** Sets the files of these anew, each from all that is shown there now. */
  function refresh(changed: readonly Shown[]): void {
    const all = [...shown.values()].flat();
    for (const uri of new Map(changed.map(one => [one.uri.fsPath, one.uri])).values()) {
      const here = all.filter(one => one.uri.fsPath === uri.fsPath);
      collection.set(
        uri,
        here.map(({ diagnostic }) => diagnostic),
      );
    }
  }

  function show(folder: PluginFolder, problem: Problem): void {
    clear(folder.dir);
    const now = partsOf(problem).map(part => {
      const place = placeOf(part, folder);
      const uri = vscode.Uri.file(place.file);
      const text = part.nextStep === undefined ? part.message : `${part.message}\n${part.nextStep}`;
      const diagnostic = new vscode.Diagnostic(rangeAt(uri, place.line, place.character), text);
      diagnostic.source = collectionName;
      diagnostic.code = problem.code;
      return { uri, diagnostic };
    });
    shown.set(folder.dir, now);
    refresh(now);
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

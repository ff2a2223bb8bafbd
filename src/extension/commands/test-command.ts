import type * as vscode from 'vscode';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import type { TestRuns } from '../testing/test-runs.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

const testable: Choice = {
  fits: ({ folder }) => folder.loaded?.runtime === 'node' || folder.loaded?.runtime === 'python',
  placeHolder: 'Choose a plugin to test',
  none: 'There is no plugin here whose tests could be run: that can be done for Node.js and Python.',
};

/** Run the tests of a plugin and show what came of them; answers with the report. */
export function registerTestCommand(
  boundary: FailureBoundary,
  { board, tests }: { readonly board: PluginBoard; readonly tests: TestRuns },
): vscode.Disposable {
  return boundary.register('testPlugin', async target => {
    const entry = await choosePlugin(board, target, testable);
    return entry && tests.run(entry.folder);
  });
}

import * as vscode from 'vscode';
import { messageOf } from '../../base/index.ts';
import { type CommandName, commandId } from '../contributions/index.ts';
import { isWorkbenchError } from '../workbench-error.ts';

/** Where failures of commands and of work in the background end up. */
export interface FailureBoundary {
  /** Registers a command. What it throws is shown, once, and the command's answer is `undefined` then. */
  register(name: CommandName, run: (target: unknown) => Promise<unknown>): vscode.Disposable;
  /**
   * Shows a failure: a `WorkbenchError` with its next step; anything else is a bug, and is logged with its stack. What
   * the user gave up or said no to is no failure.
   */
  report(error: unknown): void;
}

export function createFailureBoundary(log: vscode.LogOutputChannel): FailureBoundary {
  function report(error: unknown): void {
    // The user gave up what was under way; that is no failure.
    if (error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError'))
      return;
    if (isWorkbenchError(error, 'PW-START-DECLINED')) {
      // Who just said no knows.
      log.info(error.message);
    } else if (isWorkbenchError(error)) {
      log.error(`${error.code}: ${error.message}`);
      if (error.details !== undefined) log.error(JSON.stringify(error.details, undefined, 2));
      show([error.message, error.nextStep].filter(Boolean).join(' '));
    } else {
      log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      show(`Plugin Workbench has a bug: ${messageOf(error)}. The output has the details.`);
    }
  }

  function show(message: string): void {
    const action = 'Show Output';
    void vscode.window.showErrorMessage(message, action).then(chosen => {
      if (chosen === action) log.show();
    });
  }

  return {
    report,
    register: (name, run) =>
      vscode.commands.registerCommand(commandId(name), async (target?: unknown) => {
        try {
          return await run(target);
        } catch (error) {
          report(error);
          return undefined;
        }
      }),
  };
}

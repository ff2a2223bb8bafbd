import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/index.ts';
import type { HostSupervisor } from '../host/host-supervisor.ts';
import type { WorkbenchDocuments } from '../output/documents.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';
import { describeAudit } from '../presentation/audit-table.ts';
import type { FailureBoundary } from './boundary.ts';
import { type Choice, choosePlugin } from './choose-plugin.ts';

/** Decisions a document shows. */
const SHOWN = 1000;

/** An open document is brought up to date at most so often, in milliseconds. */
const REFRESH_MS = 1000;

const started: Choice = {
  fits: ({ status }) => status !== undefined && status.state !== 'stopped',
  placeHolder: 'Choose a plugin',
  none: 'No plugin was started yet.',
};

/** “Show Audit”: what a plugin asked for and what came of it, kept up to date while the document is open. */
export function registerAuditCommand(
  boundary: FailureBoundary,
  parts: { board: PluginBoard; supervisor: HostSupervisor; documents: WorkbenchDocuments },
): Disposable {
  const { board, supervisor, documents } = parts;
  const held = new DisposableStore();
  const timers = new Map<string, NodeJS.Timeout>();
  const titleOf = (name: string): string => `Audit of ${name.replaceAll('/', ' ')}`;

  async function read(pluginId: string, name: string): Promise<string> {
    return describeAudit(name, await supervisor.call('audit', { pluginId, limit: SHOWN }));
  }

  held.add(
    boundary.register('showAudit', async target => {
      const entry = await choosePlugin(board, target, started);
      if (entry === undefined) return;
      const { status, folder } = entry;
      if (status === undefined) {
        void vscode.window.showInformationMessage(started.none);
        return;
      }
      await documents.show(titleOf(folder.name), await read(status.pluginId, folder.name));
    }),
  );
  held.add(
    supervisor.onEvent(event => {
      if (event.type !== 'audit' || timers.has(event.pluginId)) return;
      const name = board.byId(event.pluginId)?.folder.name;
      if (name === undefined || !documents.isOpen(titleOf(name))) return;
      const refresh = async (): Promise<void> => {
        timers.delete(event.pluginId);
        documents.update(titleOf(name), await read(event.pluginId, name));
      };
      timers.set(
        event.pluginId,
        setTimeout(() => void refresh().catch(boundary.report), REFRESH_MS),
      );
    }),
  );
  held.add({
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  });
  return held;
}

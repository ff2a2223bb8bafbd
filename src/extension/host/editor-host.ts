import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { loadBackground } from '../load-background.ts';
import type { WorkbenchSettings } from '../settings.ts';
import { answerQuestion } from './answer-questions.ts';
import { createHostSupervisor, type HostSupervisor } from './host-supervisor.ts';
import { createRestartPolicy } from './restart-policy.ts';

/** Where storage, state and audit logs lie. They are a workspace's own: two windows must not write to the same files. */
export function dataDirOf(context: vscode.ExtensionContext): string {
  return (context.storageUri ?? context.globalStorageUri).fsPath;
}

/** The debug host of this window, run by the editor's own runtime. Nothing starts before the first plugin does. */
export function createEditorHost(
  context: vscode.ExtensionContext,
  settings: WorkbenchSettings,
  log: vscode.LogOutputChannel,
): HostSupervisor {
  const dataDir = dataDirOf(context);
  return createHostSupervisor({
    policy: createRestartPolicy(),
    now: Date.now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    launch: async () => {
      await mkdir(dataDir, { recursive: true });
      const { launchHost } = await loadBackground();
      const nodePath = settings.nodePath();
      return launchHost({
        execPath: process.execPath,
        script: context.asAbsolutePath('dist/host.cjs'),
        initialize: {
          dataDir,
          unconfined: [...settings.unconfinedPlugins()],
          trust: settings.trust(),
          runtimePaths: settings.runtimePaths(),
          trace: settings.traceDenials(),
          ...(nodePath === undefined ? {} : { nodePath }),
        },
        log: line => log.warn(`[host] ${line}`),
        answer: answerQuestion,
      });
    },
  });
}

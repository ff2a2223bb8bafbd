import * as vscode from 'vscode';
import { formatCount } from '../presentation/format.ts';
import type { HostNotice } from './host-supervisor.ts';

/** Tells the user what became of the plugin host. @param restart starts it again, with the plugins that ran. */
export function showHostNotice(notice: HostNotice, log: vscode.LogOutputChannel, restart: () => void): void {
  switch (notice.type) {
    case 'up':
      log.info(`The plugin host runs (pid ${notice.pid}).`);
      break;
    case 'restarting':
      log.info('The plugin host is being restarted.');
      break;
    case 'ended': {
      const { reason, lastWords, interrupted, restartInMs } = notice;
      log.error(`The plugin host ended: ${reason}.${lastWords ? `\n${lastWords}` : ''}`);
      const plugins = interrupted.length > 0 ? ` ${formatCount(interrupted.length, 'plugin')} ran.` : '';
      if (restartInMs !== undefined) {
        const next = interrupted.length > 0 ? ' It is being restarted with them.' : '';
        void vscode.window.showWarningMessage(`The plugin host ended (${reason}).${plugins}${next}`);
      } else {
        offer(`The plugin host ended too often (${reason}) and is left alone.${plugins}`, 'Restart', restart);
      }
      break;
    }
    case 'restored': {
      for (const pluginId of notice.restored) log.info(`${pluginId} runs again.`);
      for (const { pluginId, message } of notice.failed) {
        log.error(`${pluginId} could not be started again: ${message}`);
        void vscode.window.showErrorMessage(`${pluginId} could not be started again: ${message}`);
      }
      break;
    }
  }
}

function offer(message: string, action: string, run: () => void): void {
  void vscode.window.showErrorMessage(message, action).then(chosen => {
    if (chosen === action) run();
  });
}

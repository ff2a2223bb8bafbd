import * as vscode from 'vscode';
import type { Disposable } from '../../base/index.ts';
import type { HostEvent } from '../../protocol/editor/index.ts';
import type { PluginBoard } from '../plugins/plugin-board.ts';

/** One output channel for each plugin that has said something, made with its first line. */
export interface PluginLogs extends Disposable {
  /** Logs what the event says, if it says anything; `denial` is the line about a denied access. */
  receive(event: HostEvent, denial: string | undefined): void;
  /** The channel of the plugin in that folder. */
  channelOf(dir: string): vscode.LogOutputChannel;
}

export function createPluginLogs(board: PluginBoard): PluginLogs {
  const channels = new Map<string, vscode.LogOutputChannel>();

  function channelOf(dir: string): vscode.LogOutputChannel {
    const known = channels.get(dir);
    if (known !== undefined) return known;
    const name = board.byDir(dir)?.folder.name ?? dir;
    const sameName = board.entries().filter(({ folder }) => folder.name === name).length > 1;
    const label = sameName ? `${name} (${vscode.workspace.asRelativePath(dir)})` : name;
    const channel = vscode.window.createOutputChannel(`Plugin: ${label}`, { log: true });
    channels.set(dir, channel);
    return channel;
  }

  function channelById(pluginId: string): vscode.LogOutputChannel | undefined {
    const entry = board.byId(pluginId);
    return entry && channelOf(entry.folder.dir);
  }

  return {
    channelOf,
    receive: (event, denial) => {
      if (event.type === 'log') {
        const prefix = event.source === 'sdk' ? '' : `[${event.source}] `;
        channelById(event.pluginId)?.[event.level](prefix + event.message);
      } else if (event.type === 'violation') {
        const level = { alerted: 'info', warned: 'warn', refused: 'warn', killed: 'error' } as const;
        channelById(event.pluginId)?.[level[event.action]](`[host] ${event.message}`);
      } else if (event.type === 'audit' && denial !== undefined) {
        channelById(event.pluginId)?.warn(`[host] ${denial}`);
      } else if (event.type === 'problem' && event.problem !== undefined) {
        const { message, nextStep } = event.problem;
        channelById(event.pluginId)?.error(`[host] ${message}${nextStep ? ` ${nextStep}` : ''}`);
      }
    },
    dispose: () => {
      for (const channel of channels.values()) channel.dispose();
      channels.clear();
    },
  };
}

import { isAlive, type PluginEntry } from '../plugins/plugin-board.ts';
import { formatBytes, formatCount } from './format.ts';
import { isUnconfined } from './plugin-row.ts';

/** The status bar's words. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** Something runs without a sandbox. */
  readonly warning: boolean;
}

/** Sums up what runs; `undefined` when nothing does. */
export function statusText(entries: readonly PluginEntry[]): StatusText | undefined {
  const alive = entries.filter(({ status }) => isAlive(status?.state));
  if (alive.length === 0) return undefined;
  const memory = alive.reduce((sum, { usage }) => sum + (usage?.memory.used ?? 0), 0);
  const unconfined = alive.filter(entry => isUnconfined(entry, false));
  const running = `${formatCount(alive.length, 'plugin')} running`;
  return {
    text: `$(plug) ${running}${memory > 0 ? ` · ${formatBytes(memory)}` : ''}`,
    tooltip: [
      ...alive.map(
        ({ folder, usage }) => `${folder.name}${usage ? `: ${formatBytes(usage.memory.used)}` : ''}`,
      ),
      ...(unconfined.length > 0 ? [`${formatCount(unconfined.length, 'plugin')} UNCONFINED`] : []),
    ].join('\n'),
    warning: unconfined.length > 0,
  };
}

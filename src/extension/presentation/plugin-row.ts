import type { PluginState } from '../../protocol/editor/index.ts';
import { isAlive, type PluginEntry } from '../plugins/plugin-board.ts';
import { formatBytes, formatCount, formatPercent, formatRate } from './format.ts';
import type { Row, RowIcon } from './row.ts';

const icons: Record<PluginState, RowIcon> = {
  starting: { id: 'loading~spin' },
  waiting: { id: 'watch' },
  restarting: { id: 'loading~spin', color: 'testing.iconFailed' },
  disabled: { id: 'circle-slash' },
  running: { id: 'vm-running', color: 'testing.iconPassed' },
  reloading: { id: 'loading~spin', color: 'testing.iconPassed' },
  stopping: { id: 'loading~spin' },
  stopped: { id: 'plug' },
  failed: { id: 'error', color: 'testing.iconFailed' },
};

/**
 * The line of one plugin.
 *
 * @param unconfinedByUser whether the user's settings let it run without a sandbox.
 */
export function pluginRow(entry: PluginEntry, unconfinedByUser: boolean): Row {
  const { folder } = entry;
  const unconfined = isUnconfined(entry, unconfinedByUser);
  return {
    label: folder.name,
    description: [unconfined ? 'UNCONFINED' : reducedMark(entry), ...describe(entry)]
      .filter(Boolean)
      .join(' · '),
    icon: iconOf(entry, unconfined),
    context: ['plugin', contextOf(entry), folder.loaded?.runtime].filter(Boolean).join(':'),
  };
}

/** True when it runs without a sandbox, or would if it were started now. */
export function isUnconfined({ status }: PluginEntry, byUser: boolean): boolean {
  if (isAlive(status?.state) && status?.confinement) return status.confinement.level === 'unconfined';
  return byUser;
}

function reducedMark({ status }: PluginEntry): string {
  return isAlive(status?.state) && status?.confinement?.level === 'reduced' ? 'REDUCED' : '';
}

/** What of it menus and lenses may offer. */
export function contextOf({ folder, status }: PluginEntry): 'alive' | 'failed' | 'idle' | 'invalid' {
  if (isAlive(status?.state)) return 'alive';
  if (folder.loaded === undefined) return 'invalid';
  return status?.state === 'failed' ? 'failed' : 'idle';
}

function iconOf({ folder, status }: PluginEntry, unconfined: boolean): RowIcon {
  if (!isAlive(status?.state) && folder.loaded === undefined) return icons.failed;
  if (status?.state === 'running' || status?.state === undefined || status.state === 'stopped') {
    if (unconfined) return { id: 'unlock', color: 'problemsWarningIcon.foreground' };
    if (status?.problem || (!isAlive(status?.state) && folder.errors > 0)) {
      return { id: 'warning', color: 'problemsWarningIcon.foreground' };
    }
  }
  return icons[status?.state ?? 'stopped'];
}

function describe({ folder, status, usage }: PluginEntry): string[] {
  const state = status?.state;
  if (!isAlive(state) && folder.loaded === undefined) return [folder.reason ?? 'invalid manifest'];
  const parts = [state ?? folder.loaded?.version ?? ''];
  if (usage && (state === 'running' || state === 'reloading')) {
    parts.push(
      formatBytes(usage.memory.used),
      formatPercent(usage.cpu.percent),
      formatRate(usage.calls.perSecond),
    );
  }
  if (status?.problem && (state === 'failed' || state === 'running')) parts.push(status.problem.message);
  if (!isAlive(state) && folder.errors > 0) parts.push(formatCount(folder.errors, 'error'));
  return parts;
}

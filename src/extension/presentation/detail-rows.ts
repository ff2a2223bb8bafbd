import type { ResourceUsage } from '../../protocol/editor/index.ts';
import { isAlive, type PluginEntry } from '../plugins/plugin-board.ts';
import { formatBytes, formatMilliseconds, formatPercent, formatRate } from './format.ts';
import type { Row } from './row.ts';

/** A line under a plugin; `method` names the command that it stands for. */
export interface DetailRow extends Row {
  /** Unique among the lines of one plugin, and the same from one second to the next. */
  readonly key: string;
  readonly method?: string;
}

/** The lines under a plugin: what it is and runs on, what it uses, and the commands it answers. */
export function detailRows(entry: PluginEntry): readonly DetailRow[] {
  return [...identityRows(entry), ...usageRows(entry), ...commandRows(entry)];
}

function detail(key: string, label: string, description: string, icon: string): DetailRow {
  return { key, label, description, icon: { id: icon }, context: 'detail' };
}

function identityRows({ folder, status, denials }: PluginEntry): DetailRow[] {
  const rows: DetailRow[] = [];
  const { loaded } = folder;
  if (status !== undefined) {
    const generation =
      status.generation > 1 ? `${status.state}, reloaded ${status.generation - 1}×` : status.state;
    rows.push(detail('state', 'State', generation, 'pulse'));
  }
  if (folder.reason !== undefined) rows.push(detail('manifest', 'Manifest', folder.reason, 'error'));
  if (status?.problem) rows.push(detail('problem', 'Problem', status.problem.message, 'warning'));
  if (loaded) rows.push(detail('profile', 'Profile', `${loaded.profileTitle} · ${loaded.version}`, 'book'));
  const runtime = status?.runtime ?? loaded?.runtime;
  if (runtime !== undefined) {
    const pid = status?.pid === undefined ? '' : ` · pid ${status.pid}`;
    rows.push(detail('runtime', 'Runtime', runtime + pid, 'server-process'));
  }
  if (status?.confinement && isAlive(status.state)) {
    const { level, description } = status.confinement;
    rows.push(
      level === 'sandboxed' || level === 'container'
        ? detail('sandbox', 'Sandbox', description, 'shield')
        : {
            ...detail('sandbox', 'Sandbox', warningOf(level, description), 'unlock'),
            icon: {
              id: level === 'reduced' ? 'shield' : 'unlock',
              color: 'problemsWarningIcon.foreground',
            },
          },
    );
  }
  if (status?.trust) rows.push(detail('trust', 'Trust', status.trust.words, 'verified'));
  if (status?.isolation && isAlive(status.state))
    rows.push(detail('isolation', 'Isolation', status.isolation.words, 'layers'));
  if (denials > 0) rows.push(detail('denials', 'Denied', `${denials} (see the log)`, 'circle-slash'));
  return rows;
}

function warningOf(level: 'reduced' | 'unconfined', description: string): string {
  return level === 'reduced' ? description : `UNCONFINED: ${description}`;
}

function usageRows({ usage }: PluginEntry): DetailRow[] {
  if (usage === undefined) return [];
  const { memory, cpu, io, calls, violations } = usage;
  const latency = calls.perSecond > 0 ? `, median ${formatMilliseconds(calls.medianMs)}` : '';
  return [
    detail(
      'memory',
      'Memory',
      `${formatBytes(memory.used)} of ${formatBytes(memory.limit)}, peak ${formatBytes(memory.peak)}, resident ${formatBytes(memory.resident)}`,
      'database',
    ),
    ...(memory.standby === undefined
      ? []
      : [
          detail(
            'standby',
            'Ready for a reload',
            `${formatBytes(memory.standby)} in a second process`,
            'history',
          ),
        ]),
    detail('cpu', 'CPU', `${formatPercent(cpu.percent)} of ${formatPercent(cpu.limit)}`, 'dashboard'),
    detail('files', 'Open files', String(io.fileHandles), 'files'),
    detail('processes', 'Processes', String(io.processes), 'server'),
    detail('connections', 'Connections', String(io.networkConnections), 'globe'),
    detail(
      'io',
      'I/O',
      `${formatBytes(io.diskReadBytes)} read, ${formatBytes(io.diskWriteBytes)} written`,
      'arrow-swap',
    ),
    detail(
      'calls',
      'Calls',
      `${formatRate(calls.perSecond)}, ${calls.total} in all${latency}`,
      'call-outgoing',
    ),
    ...violationRows(violations),
  ];
}

function violationRows(violations: ResourceUsage['violations']): DetailRow[] {
  const last = violations.at(-1);
  if (last === undefined) return [];
  const what = `${last.resource} ${{ alerted: 'past half of', warned: 'near', killed: 'over' }[last.action]} its limit`;
  const text = violations.length > 1 ? `${what} (and ${violations.length - 1} before)` : what;
  return [detail('violations', 'Limits', text, 'warning')];
}

/** What a running plugin has registered; of one at rest, what its manifest lists. */
function commandRows({ folder, status }: PluginEntry): DetailRow[] {
  const alive = isAlive(status?.state);
  const methods = alive ? (status?.commands ?? []) : (folder.loaded?.methods ?? []);
  return methods.map(({ id, title }) => ({
    key: `command:${id}`,
    label: title || id,
    description: title && title !== id ? id : '',
    icon: { id: 'symbol-method' },
    context: alive ? 'command:alive' : 'command:idle',
    method: id,
  }));
}

import type { AuditRecord, CrashReport, HostEvent, ResourceUsage } from '../protocol/editor/index.ts';
import type { Format } from './render-findings.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * Makes a printer of what the debug host tells: one JSON object a line for machines; for people a readable line, and
 * readouts only when they have something new to say.
 */
export function createEventRenderer(format: Format, terminal: Terminal): (event: HostEvent) => void {
  if (format === 'json') return event => terminal.out(JSON.stringify(event));
  const shown = new Map<string, ResourceUsage>();
  return event => {
    if (event.type === 'usage') {
      const { usage } = event;
      if (!isNews(usage, shown.get(usage.pluginId))) return;
      shown.set(usage.pluginId, usage);
    }
    const line = describe(event, terminal.paint);
    if (line !== undefined) terminal.note(line);
  };
}

/** A second like the one before is not worth a line. */
function isNews(usage: ResourceUsage, before: ResourceUsage | undefined): boolean {
  if (before === undefined) return true;
  const grown = Math.abs(usage.memory.used - before.memory.used);
  return grown > usage.memory.limit / 20 || usage.cpu.percent > before.cpu.percent + 10;
}

const levelColours = { debug: 'gray', info: 'cyan', warn: 'yellow', error: 'red' } as const;

function describe(event: HostEvent, paint: Terminal['paint']): string | undefined {
  switch (event.type) {
    case 'state': {
      const { pluginId, state, runtime, confinement, problem } = event.status;
      const how = state === 'running' ? ` ${[runtime, confinement?.level].filter(Boolean).join(', ')}` : '';
      const why = problem === undefined ? '' : `: ${printable(problem.message)}`;
      return `${paint('bold', pluginId)} ${state}${how}${why}`;
    }
    case 'log':
      return `${paint('bold', event.pluginId)} ${paint(levelColours[event.level], event.level)} ${printable(event.message)}`;
    case 'violation':
      return `${paint('bold', event.pluginId)} ${paint('red', event.action)} ${printable(event.message)}`;
    case 'audit':
      if (event.change !== undefined) return `${paint('bold', event.pluginId)} ${describeChange(event)}`;
      if (event.allowed) return undefined;
      return `${paint('bold', event.pluginId)} ${paint('red', 'denied')} ${event.scope} ${event.action} ${printable(event.resource)}${
        event.grant === undefined ? '' : `; the manifest would allow it with ${printable(event.grant)}`
      }`;
    case 'problem': {
      if (event.problem === undefined) return `${paint('bold', event.pluginId)} problem solved`;
      const { message, location, nextStep } = event.problem;
      const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column} `;
      const step = nextStep === undefined ? '' : `\n  ${nextStep}`;
      return `${paint('bold', event.pluginId)} ${paint('red', 'problem')} ${place}${printable(message)}${step}`;
    }
    case 'crash':
      return `${paint('bold', event.report.pluginId)} ${paint('red', 'crashed')} ${describeCrash(event.report)}`;
    case 'health': {
      const { pluginId, health, checks } = event.report;
      const why = checks.filter(check => check.health === health).map(({ message }) => message);
      return `${paint('bold', pluginId)} is ${health}: ${why.join(' ')}`;
    }
    case 'approvalNeeded': {
      const open = event.request.capabilities.filter(({ isNew }) => isNew).map(({ words }) => words);
      return `${paint('bold', event.request.pluginId)} asks for more, and runs without it: ${printable(open.join('; '))}`;
    }
    case 'test':
      // Only who runs tests hears of them.
      return undefined;
    case 'grants':
      return `${paint('bold', event.pluginId)} has other grants now`;
    case 'usage':
      return paint('gray', `${event.usage.pluginId} ${describeUsage(event.usage)}`);
  }
}

function describeChange({ change, scope, action, resource, from, by, expiresAt }: AuditRecord): string {
  const before = from === undefined ? '' : ` from ${printable(from)}`;
  const until = expiresAt === undefined ? '' : ` until ${new Date(expiresAt).toISOString()}`;
  const who = by === 'time' ? '' : ` by ${by}`;
  return `grant ${change}${who}: ${scope} ${action} ${printable(resource)}${before}${until}`;
}

function describeCrash({ cause, exit, outcome, inFlight }: CrashReport): string {
  const how = exit.signal === null ? `exit code ${exit.code}` : exit.signal;
  const next =
    outcome.kind === 'restart'
      ? `starting it again in ${outcome.delayMs / 1000} s`
      : outcome.kind === 'gaveUp'
        ? 'it crashed too often and is left alone'
        : 'it is left alone';
  return `(${cause}, ${how}, ${inFlight.length} calls in flight); ${next}`;
}

function describeUsage({ memory, cpu, io, calls }: ResourceUsage): string {
  const mebibytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`;
  const standby =
    memory.standby === undefined ? '' : ` (and ${mebibytes(memory.standby)} ready for a reload)`;
  return `${mebibytes(memory.used)} of ${mebibytes(memory.limit)}${standby} · CPU ${cpu.percent.toFixed(1)} % · ${io.fileHandles} files · ${calls.perSecond} calls/s`;
}

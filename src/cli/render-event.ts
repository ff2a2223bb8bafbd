import type { HostEvent, ResourceUsage } from '../protocol/editor/index.ts';
import type { Format } from './render-findings.ts';
import { printable, type Terminal } from './terminal.ts';

/** Prints what the debug host tells: one JSON object a line for machines, a readable line for people. */
export function renderEvent(event: HostEvent, format: Format, terminal: Terminal): void {
  if (format === 'json') {
    terminal.out(JSON.stringify(event));
    return;
  }
  const line = describe(event, terminal.paint);
  if (line !== undefined) terminal.note(line);
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
    case 'usage':
      return paint('gray', `${event.usage.pluginId} ${describeUsage(event.usage)}`);
  }
}

function describeUsage({ memory, cpu, io, calls }: ResourceUsage): string {
  const mebibytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`;
  return `${mebibytes(memory.used)} of ${mebibytes(memory.limit)} · CPU ${cpu.percent.toFixed(1)} % · ${io.fileHandles} files · ${calls.perSecond} calls/s`;
}

import type { CrashReport } from '../../protocol/editor/index.ts';
import { formatBytes, formatPercent } from './format.ts';

const causes = {
  exit: 'it ended by itself',
  signal: 'a signal ended it',
  outOfMemory: 'it ran out of memory',
  limit: 'it was ended at a limit',
  protocol: 'it broke the rules of its connection',
} as const;

/** A crash report as a Markdown document. */
export function describeCrash(report: CrashReport): string {
  const { pluginId, version, cause, exit, problem, uptimeMs } = report;
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  const place = problem.location && `${problem.location.file}:${problem.location.line}`;
  return `# ${pluginId} ${version} crashed

${fence(problem.message)}

| | |
|---|---|
| When | ${new Date(report.timestamp).toISOString()} |
| Cause | ${causes[cause]} (${how}) |
| Ran for | ${(uptimeMs / 1000).toFixed(1)} s, generation ${report.generation} |
| Runtime | ${cell(report.runtime)} |
| Place | ${place === undefined ? 'unknown' : cell(place)} |
| Then | ${describeOutcome(report.outcome)} |

## What it was doing

${report.inFlight.map(call => `- ${cell(call.method)} for ${call.forMs} ms`).join('\n') || 'No call was in flight.'}

## What it used, over the last minute

${describeResources(report.resources)}

## Its last words

${fence(report.lastLog.map(line => `${new Date(line.timestamp).toISOString()} [${line.source}] ${line.level} ${line.message}`).join('\n') || 'It logged nothing.')}
`;
}

function describeOutcome(outcome: CrashReport['outcome']): string {
  if (outcome.kind === 'restart')
    return `started again after ${outcome.delayMs / 1000} s (attempt ${outcome.attempt})`;
  if (outcome.kind === 'gaveUp') return `left alone after ${outcome.crashes} crashes`;
  return 'left alone';
}

function describeResources(resources: CrashReport['resources']): string {
  if (resources.length === 0) return 'It ended within its first second.';
  const rows = resources.map(
    ({ timestamp, memoryBytes, cpuPercent, fileHandles }) =>
      `| ${new Date(timestamp).toISOString().slice(11, 19)} | ${formatBytes(memoryBytes)} | ${formatPercent(cpuPercent)} | ${fileHandles} |`,
  );
  return ['| Time | Memory | CPU | File handles |', '|---|---|---|---|', ...rows].join('\n');
}

/** Text of a plugin as a block that it can't break out of. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}text\n${text}\n${mark}`;
}

/** Text of a plugin as one cell of a table. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`|<>[\]*_]/g, '\\$&');
}

import type { Problem } from '../../protocol/editor/index.ts';
import type { LimitedResource } from '../../sandbox/index.ts';
import type { InstanceEnd } from './port.ts';

/** Where the manifest states a limit, or where it could; `undefined` when the manifest has no such place. */
export type LocateLimit = (limit: LimitedResource) => Problem['location'];

/** What V8 prints before it gives up for want of heap. */
const HEAP_EXHAUSTED = /JavaScript heap out of memory|Reached heap limit/;

/** Explains why an instance ended without being asked to. */
export function explainEnd(end: InstanceEnd, locateLimit: LocateLimit): Problem {
  if (end.violation) {
    return {
      code: 'PW-PLUGIN-WIRE',
      message: `The plugin was ended because it broke the rules of its connection: ${end.violation.message}`,
      nextStep: 'Send less at once, and leave file descriptor 3 to the SDK.',
    };
  }
  if (end.breach) {
    const { resource, used, limit } = end.breach;
    return atLimit(resource, locateLimit, {
      code: `PW-LIMIT-${resource.toUpperCase()}`,
      message: `The plugin was ended at its ${resource} limit: it used ${amount(resource, used)} of ${amount(resource, limit)}.`,
    });
  }
  if (end.lastErrors.some(line => HEAP_EXHAUSTED.test(line))) {
    return atLimit('memory', locateLimit, {
      code: 'PW-LIMIT-MEMORY',
      message: 'The plugin ended because its JavaScript heap was full, within its memory limit.',
    });
  }
  const how = end.signal ? `was ended by signal ${end.signal}` : `ended by itself with exit code ${end.code}`;
  const said = end.lastErrors.filter(line => line.trim().length > 0);
  return {
    code: 'PW-PLUGIN-CRASHED',
    message: said.length > 0 ? `The plugin process ${how}: ${summary(said)}` : `The plugin process ${how}.`,
    nextStep: 'See the log of the plugin for what it said last.',
    ...(placeIn(said) ?? {}),
  };
}

function atLimit(resource: LimitedResource, locateLimit: LocateLimit, problem: Problem): Problem {
  const location = locateLimit(resource);
  return {
    ...problem,
    nextStep: `Let the plugin use less ${nameOf(resource)}, or raise its limit in the manifest.`,
    ...(location ? { location } : {}),
  };
}

function nameOf(resource: LimitedResource): string {
  return resource === 'fileHandles' ? 'file handles' : resource === 'cpu' ? 'processor time' : resource;
}

function amount(resource: LimitedResource, value: number): string {
  if (resource === 'memory' || resource === 'disk') return `${(value / 1024 / 1024).toFixed(1)} MiB`;
  return resource === 'cpu' ? `${Math.round(value)} % of a core` : `${value}`;
}

/** The line that names the error, where there is one, else the last line. */
function summary(lines: readonly string[]): string {
  const named = lines
    .map(line => /\b(?:\w*(?:Error|Exception)\b(?: \[[A-Z_]+\])?|panic|fatal error): .*/.exec(line)?.[0])
    .findLast(Boolean);
  return (named ?? lines.at(-1) ?? '').slice(0, 500);
}

/**
 * Node prints `file:line` alone on a line above an uncaught error, and stack frames with columns below it; Go prints
 * frames as `file:line +0x1d`, those of its own runtime among them.
 */
function placeIn(lines: readonly string[]): Pick<Problem, 'location'> | undefined {
  for (const line of lines) {
    const frame = /(?:\(|at |^)(?:file:\/\/)?(\/[^():]+):(\d+)(?::(\d+))?\)?(?: \+0x[\da-f]+)?$/.exec(
      line.trim(),
    );
    if (!frame?.[1] || /^\/workbench\/|\/src\/runtime\/[^/]+\.(go|s)$/.test(frame[1])) continue;
    return { location: { file: frame[1], line: Number(frame[2]), column: Number(frame[3] ?? 1) } };
  }
  return undefined;
}

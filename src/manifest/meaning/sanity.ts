import { replaceScalar } from '../editing/index.ts';
import type { SourcePath } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { numberAt, type Placed, stringsAt } from './values.ts';

const mebibyte = 1024 * 1024;

/** What is sane for a limit: below, nothing runs; above, it limits nothing. */
export const saneLimits = {
  memoryBytes: { least: 16 * mebibyte, most: 64 * 1024 * mebibyte, unit: 'memory' },
  cpuPercent: { least: 1, most: 6400, unit: 'percent of a core' },
  fileHandles: { least: 16, most: 65_536, unit: 'open files' },
  connections: { least: 0, most: 10_000, unit: 'connections' },
  storedBytes: { least: 1024, most: 10 * 1024 * mebibyte, unit: 'stored data' },
  tokens: { least: 1, most: 2_000_000, unit: 'tokens a call' },
} as const;

/** Reports a limit under which nothing can run, or that limits nothing. */
export function checkLimit(
  { document, report }: MappingInput,
  path: SourcePath,
  kind: keyof typeof saneLimits,
  value: number | undefined,
): void {
  if (value === undefined) return;
  const { least, most, unit } = saneLimits[kind];
  const node = document.nodeAt(path);
  const written = node === undefined ? String(value) : document.sourceOf(node).replace(/^["']|["']$/gu, '');
  if (value < least) report('PW-MANIFEST-LIMIT', path, `\`${written}\` is too little to run with (${unit}).`);
  else if (value > most) report('PW-MANIFEST-LIMIT', path, `\`${written}\` limits nothing (${unit}).`);
}

/** Reports a time that was meant in seconds: in milliseconds it lies in the 1970s. */
export function checkTime({ document, report, machine }: MappingInput, path: SourcePath): void {
  const value = numberAt(document, path);
  if (value === undefined) return;
  if (value >= 1e11 && machine?.now !== undefined && value <= machine.now) {
    const ended = new Date(Math.min(value, 8.64e15)).toISOString().slice(0, 10);
    report('PW-MANIFEST-GRANT-EXPIRED', path, `The permission ended on ${ended}.`);
  }
  if (value < 1e9 || value >= 1e11) return;
  const edits = replaceScalar(document, path, value * 1000);
  report('PW-MANIFEST-TIME', path, `\`${value}\` is in the year 1970–1973: times are in milliseconds.`, {
    fix: edits.length === 0 ? undefined : { title: `Replace by \`${value * 1000}\``, edits },
  });
}

/** Reports names, of events, methods or languages, that no caller can write or that differ only in what can't be seen. */
export function checkNames({ report }: MappingInput, kind: string, names: readonly Placed<string>[]): void {
  for (const { value, path } of names) {
    if (/^[\p{L}\p{N}_$@*][\p{L}\p{N}_$@*.:/+#-]*$/u.test(value)) continue;
    const message = `\`${value}\` is no name for ${kind}: letters, digits and \`. : / _ -\` only, without spaces.`;
    report('PW-MANIFEST-NAME', path, message);
  }
}

/** Reports a path of an endpoint that no request can have. */
export function checkEndpointPath({ report }: MappingInput, { value, path }: Placed<string>): void {
  const fault = /\s/u.test(value)
    ? 'a space must be written as `%20`'
    : /[?#]/u.test(value)
      ? 'what follows `?` or `#` is no part of a path'
      : /\/\//u.test(value)
        ? 'a part between two slashes is empty'
        : /(?:^|\/)\.{1,2}(?:\/|$)/u.test(value)
          ? '`.` and `..` are resolved before it is compared'
          : undefined;
  if (fault !== undefined)
    report('PW-MANIFEST-ENDPOINT', path, `No request can reach \`${value}\`: ${fault}.`);
}

/** The names of system tools in a list; reports those that are commands with arguments, or no names at all. */
export function readTools(input: MappingInput, list: SourcePath): string[] {
  const tools = stringsAt(input.document, list) ?? [];
  checkNames(input, 'a tool', tools);
  return tools.map(tool => tool.value);
}

import path from 'node:path';
import type { BuildProblem } from '../builds/index.ts';

/** `file:line:column: message`, as the compiler, the linker and the module loader write it. */
const placed = /^(?:go: |vet: )?((?:\.{0,2}\/)?[^\s:][^:]*\.(?:go|mod|sum|s|work)):(\d+)(?::(\d+))?: (.+)$/;

/** Headings and remarks that say nothing by themselves. */
const noise = /^(#|go: (downloading|finding|errors parsing) |go: added |exit status |package .*\n?$)/;

/**
 * Reads what the `go` command reports.
 *
 * @param output its stderr
 * @param root absolute folder that relative files are meant from
 * @param moved files that were read in place of the plugin's: their path → the plugin's
 * @returns in order and without repetition; never empty: what has no place has at least a message
 */
export function readGoProblems(
  output: string,
  root: string,
  moved: ReadonlyMap<string, string>,
): BuildProblem[] {
  const problems: { message: string; location?: BuildProblem['location'] }[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (/\btoo many errors$/.test(line)) continue;
    const last = problems.at(-1);
    if (/^\s+\S/.test(line)) {
      if (last) last.message += `\n${line.trimEnd()}`;
      continue;
    }
    const found = placed.exec(line);
    if (found) {
      const [, name = '', row, column, message = ''] = found;
      const file = path.resolve(root, name);
      problems.push({
        message,
        location: { file: moved.get(file) ?? file, line: Number(row), column: Number(column ?? 1) },
      });
    } else if (line.trim() !== '' && !noise.test(line)) {
      problems.push({ message: line.replace(/^go: /, '').trim() });
    }
  }
  const seen = new Set<string>();
  const distinct = problems.filter(problem => {
    const key = JSON.stringify(problem);
    return !seen.has(key) && seen.add(key);
  });
  return distinct.length > 0 ? distinct : [{ message: output.trim() || 'it gave no reason' }];
}

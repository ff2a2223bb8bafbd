import { WorkbenchError } from '../../base/index.ts';

/** One thing a compiler or an installer reports; 1-based, absolute. */
export interface BuildProblem {
  readonly message: string;
  readonly location?: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

/** Most problems that are passed on: one mistake can make a compiler report hundreds. */
const MOST_PROBLEMS = 50;

/**
 * The error of a build that failed: the first problem is its message, and all are in its details.
 *
 * @param problems at least one
 */
export function buildFailed(
  tool: string,
  problems: readonly BuildProblem[],
  nextStep = 'Mend it and save; the plugin is built again.',
): WorkbenchError {
  const [first = { message: 'it gave no reason' }] = problems;
  const located = problems.find(problem => problem.location !== undefined)?.location;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return new WorkbenchError('PW-BUILD-FAILED', `${tool} failed: ${first.message}${more}`, {
    nextStep,
    details: {
      ...(located === undefined ? {} : { location: located }),
      problems: problems.slice(0, MOST_PROBLEMS),
    },
  });
}

import type { WorkbenchError } from '../base/index.ts';

/**
 * True for an expected failure. By name and not by class: the background is bundled apart, with a class of its own.
 *
 * @param code only a failure with that code
 */
export function isWorkbenchError(error: unknown, code?: string): error is WorkbenchError {
  return (
    error instanceof Error &&
    error.name === 'WorkbenchError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  );
}

import { messageOf, WorkbenchError } from '../../base/index.ts';

/**
 * Reads what was typed as the arguments of a command: JSON, or nothing at all, which is `null`.
 *
 * @throws WorkbenchError `PW-ARGS-NOT-JSON`
 */
export function parseArgs(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WorkbenchError('PW-ARGS-NOT-JSON', `The arguments are not JSON: ${messageOf(error)}`, {
      nextStep: 'Write a JSON value such as {"name": "Ada"}, or nothing.',
      cause: error,
    });
  }
}

/** Longest result that fits a message; the output channel has the whole. */
const maxSummary = 120;

/** The first words of a result, for a message. */
export function summarizeResult(result: unknown): string {
  const text = result === undefined ? 'nothing' : JSON.stringify(result);
  return text.length > maxSummary ? `${text.slice(0, maxSummary)}…` : text;
}

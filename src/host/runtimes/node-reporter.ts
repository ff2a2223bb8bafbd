/**
 * A reporter for `node --test` that tells each test as a line of JSON on file descriptor 3, and lets through what tests
 * write for people. It runs inside the sandbox, where nothing of ours is but what the command line brings.
 */
const source = `
import { writeSync } from 'node:fs';

const tell = line => writeSync(3, JSON.stringify(line) + '\\n');
const textOf = value => {
  const text = typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
  return typeof text === 'string' ? text.slice(0, 10000) : undefined;
};

export default async function* report(events) {
  const around = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      around.length = data.nesting;
      around[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const failed = type === 'test:fail';
      const { error: reason, type: kind, duration_ms: ms } = data.details ?? {};
      // A suite, or a file, that failed because of what is in it is told by what is in it.
      if (reason?.failureType === 'subtestsFailed' || (kind === 'suite' && !failed)) continue;
      const error = reason?.cause ?? reason;
      const left = data.skip ?? data.todo;
      tell({
        name: [...around.slice(0, data.nesting), data.name].join(' > '),
        outcome: left !== undefined ? 'skipped' : failed ? 'failed' : 'passed',
        file: data.file,
        line: data.line,
        column: data.column,
        ms,
        message: textOf(failed ? error : left),
        stack: typeof error?.stack === 'string' ? error.stack.slice(0, 20000) : undefined,
      });
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
  tell({ end: true });
}
`;

/** The module as Node can import it by its name. */
export const nodeReporter = `data:text/javascript,${encodeURIComponent(source)}`;

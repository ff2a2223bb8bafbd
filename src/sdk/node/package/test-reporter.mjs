import { writeSync } from 'node:fs';

/**
 * A reporter for `node --test` that tells the debug host each test as a line of JSON on file descriptor 3; what tests
 * write for people goes on as it is.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* report(events) {
  /** Names of the tests and suites around what is reported, by nesting. @type {string[]} */
  const around = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      around.length = data.nesting;
      around[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const isSuite = data.details?.type === 'suite';
      const reason = data.details?.error;
      // A suite, or a file, that failed because of what is in it is told by what is in it.
      if (reason?.failureType === 'subtestsFailed' || (isSuite && type === 'test:pass')) continue;
      const error = reason?.cause ?? reason;
      tell({
        name: [...around.slice(0, data.nesting), data.name].join(' > '),
        outcome:
          data.skip !== undefined || data.todo !== undefined
            ? 'skipped'
            : type.slice(5) === 'pass'
              ? 'passed'
              : 'failed',
        file: data.file,
        line: data.line,
        column: data.column,
        ms: data.details?.duration_ms,
        message: type === 'test:fail' ? textOf(error) : textOf(data.skip ?? data.todo),
        stack: typeof error?.stack === 'string' ? error.stack.slice(0, 20_000) : undefined,
      });
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
  tell({ end: true });
}

/** @param {unknown} value */
function textOf(value) {
  const text = typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
  return typeof text === 'string' ? text.slice(0, 10_000) : undefined;
}

/** @param {object} line */
function tell(line) {
  writeSync(3, `${JSON.stringify(line)}\n`);
}

import path from 'node:path';
import * as v from 'valibot';
import type { Problem, TestOutcome } from '../../protocol/editor/index.ts';
import { isWithin } from '../process/grants.ts';

/** Tests of one run that are told apart; a runaway loop makes more. */
const MOST_TESTS = 20_000;

const place = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const text = (length: number) =>
  v.pipe(
    v.string(),
    v.transform(value => value.slice(0, length)),
  );

const lineSchema = v.union([
  v.object({ end: v.literal(true) }),
  v.object({ runner: text(100) }),
  v.object({
    name: text(1000),
    outcome: v.picklist(['passed', 'failed', 'skipped']),
    file: v.optional(text(4096)),
    line: v.optional(place),
    column: v.optional(place),
    ms: v.optional(v.number()),
    message: v.optional(text(10_000)),
    stack: v.optional(text(20_000)),
  }),
]);

/** Takes in what a test runner tells, line by line. */
export interface TestLines {
  take(line: string): void;
  /** True when the runner said that nothing more comes. */
  readonly isComplete: boolean;
  /** What runs the tests, where that was to be found out inside. */
  readonly runner: string | undefined;
  /** In the order they ended. */
  outcomes(): readonly TestOutcome[];
}

/**
 * Makes the reader of one run. A runner is the plugin's own code as far as anyone can tell: what it says is decoded,
 * bounded, and places outside of the plugin's folder are dropped.
 */
export function createTestLines(dir: string, onTest: (test: TestOutcome) => void): TestLines {
  const tests: TestOutcome[] = [];
  let isComplete = false;
  let runner: string | undefined;

  function take(line: string): void {
    const decoded = v.safeParse(lineSchema, parse(line));
    if (!decoded.success || tests.length >= MOST_TESTS) return;
    if ('end' in decoded.output) {
      isComplete = true;
      return;
    }
    if ('runner' in decoded.output) {
      runner = decoded.output.runner;
      return;
    }
    const { name, outcome, file, line: at, column, ms, message, stack } = decoded.output;
    const location = at === undefined ? undefined : within(dir, file, at, column ?? 1);
    const failedAt = outcome === 'failed' ? (placeOfFailure(dir, stack ?? '') ?? location) : undefined;
    const test: TestOutcome = {
      name: nameOf(dir, name),
      outcome,
      ...(location ? { location } : {}),
      ...(ms === undefined ? {} : { ms }),
      ...(message === undefined ? {} : { message }),
      ...(failedAt ? { failedAt } : {}),
    };
    tests.push(test);
    onTest(test);
  }

  return {
    take,
    get isComplete() {
      return isComplete;
    },
    get runner() {
      return runner;
    },
    outcomes: () => {
      // Older runners count each file as a test around its tests; it says something new when it failed itself.
      const isFile = ({ name, location }: TestOutcome): boolean => path.resolve(dir, name) === location?.file;
      const filesWithTests = new Set(
        tests.filter(test => !isFile(test)).map(({ location }) => location?.file),
      );
      return tests.filter(
        test => test.outcome === 'failed' || !isFile(test) || !filesWithTests.has(test.location?.file),
      );
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A test without a name of its own is called by its file. */
function nameOf(dir: string, name: string): string {
  return path.isAbsolute(name) && isWithin(dir, name) ? path.relative(dir, name) : name;
}

function within(
  dir: string,
  file: string | undefined,
  line: number,
  column: number,
): Problem['location'] | undefined {
  if (file === undefined) return undefined;
  const absolute = path.resolve(dir, file);
  return isWithin(dir, absolute) && absolute !== dir ? { file: absolute, line, column } : undefined;
}

/** The first frame of a stack in the plugin's own files, in the forms of V8 and of Python. */
function placeOfFailure(dir: string, stack: string): Problem['location'] | undefined {
  for (const [, v8, row, column, python, line] of stack.matchAll(
    /(?:file:\/\/)?(\/[^\s():]+):(\d+):(\d+)|File "([^"\n]+)", line (\d+)/g,
  )) {
    const file = v8 === undefined ? python : decodeOrKeep(v8);
    if (file?.includes('/node_modules/') || file?.includes('/site-packages/')) continue;
    const found = within(dir, file, Number(row ?? line), Number(column ?? 1));
    if (found) return found;
  }
  return undefined;
}

/** V8 names modules by URL. */
function decodeOrKeep(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}

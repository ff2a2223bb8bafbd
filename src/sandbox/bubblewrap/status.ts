import type { Readable } from 'node:stream';

/** What bubblewrap tells about its child, filled in as it comes. */
export interface BubblewrapStatus {
  /** The process id of the program as the host sees it; `undefined` when bubblewrap ended before there was one. */
  readonly childPid: Promise<number | undefined>;
  /** The program's exit code in the shell's form; resolves to `undefined` when it never ran. */
  readonly exitCode: Promise<number | undefined>;
}

/** Reads `--json-status-fd`: one JSON object a line. */
export function readStatus(stream: Readable): BubblewrapStatus {
  const child = defer<number | undefined>();
  const exit = defer<number | undefined>();
  let text = '';
  const take = (line: string): void => {
    const childPid = numberIn(line, 'child-pid');
    const exitCode = numberIn(line, 'exit-code');
    if (childPid !== undefined) child.resolve(childPid);
    if (exitCode !== undefined) exit.resolve(exitCode);
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    lines.forEach(take);
  });
  const end = (): void => {
    take(text);
    child.resolve(undefined);
    exit.resolve(undefined);
  };
  stream.on('end', end);
  stream.on('close', end);
  stream.on('error', end);
  return { childPid: child.promise, exitCode: exit.promise };
}

/** Bubblewrap is ours and its lines are flat, so a look for one key is enough and can't throw. */
function numberIn(line: string, key: string): number | undefined {
  const found = new RegExp(`"${key}"\\s*:\\s*(\\d+)`).exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

/** `Promise.withResolvers` is not in Node 20. */
function defer<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}

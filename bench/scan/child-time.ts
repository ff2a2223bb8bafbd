import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a program took. */
export interface ChildTime {
  /** Processor time of it and its children, in milliseconds. */
  readonly cpuMs: number;
  /** Time on the clock, in milliseconds. */
  readonly wallMs: number;
}

/**
 * Runs a program to its end, whatever its exit code, and tells what it took; what it prints is thrown away. The shell adds
 * up the processor time, which node does not tell of children. Needs bash.
 */
export async function timeOf(program: string, args: readonly string[], cwd: string): Promise<ChildTime> {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const began = performance.now();
  const child = spawn('bash', ['-c', script, 'bash', program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  await once(child, 'close');
  const seconds = told.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  const [user = Number.NaN, system = Number.NaN] = seconds;
  return { cpuMs: (user + system) * 1000, wallMs: performance.now() - began };
}

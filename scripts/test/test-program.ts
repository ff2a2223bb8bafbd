import { spawn } from 'node:child_process';
import { root } from '../bare/root.mjs';
import type { TestCounts } from './node-tests.ts';

/**
 * Runs a program whose last line is `N passed, N failed`, and passes on what it prints and the interrupts we get.
 * One that ends badly without saying that something failed counts as one failure.
 *
 * @param args arguments to node
 */
export async function runTestProgram(args: readonly string[]): Promise<TestCounts> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const interrupt = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const ended = new Promise<number>(resolve => child.once('close', code => resolve(code ?? 128)));
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    process.stdout.write(chunk);
    printed += chunk;
  }
  const code = await ended;
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  const last = /(\d+) passed, (\d+) failed\s*$/.exec(printed);
  const passed = Number(last?.[1] ?? 0);
  const failed = Number(last?.[2] ?? 0);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

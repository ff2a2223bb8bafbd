import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Disposable } from '../../base/index.ts';
import { messageOf } from '../../base/index.ts';
import { parseRefusal, type RefusedCall } from './parse.ts';

export type { RefusedCall };

/** What a trace tells. */
export interface TraceListener {
  onRefused(call: RefusedCall): void;
  /** The trace is not to be had, or came to an end by itself; once at most. */
  onFailure(reason: string): void;
}

/** Longest line that is looked at; strace cuts paths before. */
const PATH_LENGTH = 4096;

const traced = '%file,connect,sendto';

/**
 * Follows a process and all it starts with strace, from outside the sandbox, and tells what the kernel refuses it.
 * Works for programs of any language, at a price: each system call takes several times as long. Resolves when the
 * process is being followed, or can't be.
 */
export async function traceProcess(pid: number, listener: TraceListener): Promise<Disposable> {
  let over = false;
  const fail = (reason: string): void => {
    if (!over) listener.onFailure(reason);
    over = true;
  };
  const child = spawn(
    'strace',
    [
      ...['-f', '-p', `${pid}`, '-e', 'signal=none', '-e', 'status=failed', '-e', `trace=${traced}`],
      ...['-s', `${PATH_LENGTH}`],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'] ?? '', LANG: 'C' } },
  );
  const attached = followedBy(child, listener, fail);
  child.once('error', error => fail(`strace can't be run: ${messageOf(error)}`));
  // Not its exit: what it said last is read by then.
  child.once('close', () => {
    over = true;
  });
  await attached;
  return {
    dispose: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
}

/** Resolves with strace's word that it is attached, or with its end. */
function followedBy(
  child: ChildProcess,
  listener: TraceListener,
  fail: (reason: string) => void,
): Promise<void> {
  return new Promise(resolve => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
    if (child.stderr === null) return;
    createInterface({ input: child.stderr }).on('line', line => {
      if (/^strace: Process \d+ attached/.test(line)) resolve();
      else if (/^strace: /.test(line)) {
        if (!/^strace: (Process \d+ (attached|detached)|\[ Process)/.test(line)) fail(line);
      } else {
        const call = parseRefusal(line);
        if (call) listener.onRefused(call);
      }
    });
  });
}

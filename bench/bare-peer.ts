import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/** A program without the workbench, talking over the same kind of socket as a plugin does. */
export interface BarePeer {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly socket: Duplex;
  /** Milliseconds from the start to the first byte it sent. */
  readonly startMs: number;
}

/** Starts an echo on descriptor 3, such as those in `bare`; resolves at its first byte. */
export async function startBarePeer([program = '', ...args]: readonly string[]): Promise<BarePeer> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const socket = child.stdio[3] as Duplex;
  await Promise.race([
    once(socket, 'data'),
    once(child, 'exit').then(() => {
      throw new Error(`${program} ended before it said anything.`);
    }),
  ]);
  return { process: child, pid: child.pid ?? 0, socket, startMs: performance.now() - began };
}

/** Sends something and waits until it is back; microseconds. */
export async function echo({ socket }: BarePeer, payload: string): Promise<number> {
  const began = performance.now();
  socket.write(payload);
  await once(socket, 'data');
  return (performance.now() - began) * 1000;
}

/** Ends it and waits until it is gone. */
export async function stopBarePeer({ process: child }: BarePeer): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/** A Node process without the workbench, talking over the same kind of socket as a plugin does. */
export interface BareNode {
  readonly process: ChildProcess;
  readonly socket: Duplex;
  /** Milliseconds from the start to the first byte it sent. */
  readonly startMs: number;
}

const program = `
const { Socket } = require('node:net');
const socket = new Socket({ fd: 3 });
socket.write('!');
socket.on('data', chunk => socket.write(chunk));
`;

/** Starts the runtime the plugins run on, with an echo on descriptor 3; resolves at its first byte. */
export async function startBareNode(): Promise<BareNode> {
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const socket = child.stdio[3] as Duplex;
  await once(socket, 'data');
  return { process: child, socket, startMs: performance.now() - began };
}

/** Ends it and waits until it is gone. */
export async function stopBareNode({ process: child }: BareNode): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

import type { Duplex, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, WorkbenchError } from '../../../base/index.ts';
import { ErrorCode, type RunParams, type RunResult } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import {
  type LimitBreach,
  type MonitorLimits,
  type Sandbox,
  type SandboxPolicy,
  watchProcess,
} from '../../../sandbox/index.ts';

/** Programs of one plugin that may run at the same time. */
const MOST_RUNNING = 4;
const DEFAULT_TIMEOUT_MS = 30_000;
/** Most bytes that are kept of each stream; the program is ended when it writes more. */
const MOST_OUTPUT_BYTES = 1024 * 1024;
/** How long the last output of an ended program may take to arrive, in milliseconds. */
const STREAMS_MS = 1000;

/** Runs programs for one plugin, each in a sandbox of its own. */
export interface Programs {
  /**
   * @throws WireError `NotFound` (no such program), `DeadlineExceeded`, `LimitExceeded` (too many, too much output or
   * memory), `Cancelled`, `Unavailable` (no sandbox)
   */
  run(params: RunParams, signal: AbortSignal): Promise<RunResult>;
  /** Ends all that run. */
  dispose(): void;
}

/** What programs are run with. */
export interface ProgramPorts {
  readonly sandbox: Sandbox;
  readonly limits: MonitorLimits;
  /** Finds the program on PATH, outside of the plugin's folder. `undefined` when there is none. */
  locate(command: string): Promise<string | undefined>;
  /** What the process of the program may touch, without its command. */
  policy(program: string): Promise<Omit<SandboxPolicy, 'command'>>;
}

/** Makes the programs of one instance. */
export function createPrograms(ports: ProgramPorts): Programs {
  const closing = new AbortController();
  let running = 0;

  async function run(params: RunParams, signal: AbortSignal): Promise<RunResult> {
    if (ports.sandbox.level === 'unconfined') {
      // A program without a sandbox would do what no manifest can allow.
      throw new WireError(
        ErrorCode.Unavailable,
        'Programs are run in the sandbox only, which is off for this plugin.',
      );
    }
    if (running >= MOST_RUNNING) {
      throw new WireError(ErrorCode.LimitExceeded, `${running} programs of the plugin run already.`);
    }
    running++;
    const timeoutMs = params.timeout ?? DEFAULT_TIMEOUT_MS;
    const late = AbortSignal.timeout(timeoutMs);
    const abort = AbortSignal.any([signal, closing.signal, late]);
    try {
      return await runOnce(params, abort);
    } catch (error) {
      if (late.aborted && !(error instanceof WireError)) {
        throw new WireError(
          ErrorCode.DeadlineExceeded,
          `${params.command} took more than ${timeoutMs} ms and was ended.`,
        );
      }
      if (abort.aborted && !(error instanceof WireError)) {
        throw new WireError(ErrorCode.Cancelled, `${params.command} was ended.`);
      }
      if (error instanceof WorkbenchError) throw new WireError(ErrorCode.Unavailable, messageOf(error));
      throw error;
    } finally {
      running--;
    }
  }

  async function runOnce(
    { command, args = [], cwd, input = '' }: RunParams,
    abort: AbortSignal,
  ): Promise<RunResult> {
    const program = await ports.locate(command);
    if (program === undefined)
      throw new WireError(ErrorCode.NotFound, `There is no program ${command} on PATH.`);
    const policy = await ports.policy(program);
    const child = await ports.sandbox.launch({ ...policy, command: shellFor(program, args, cwd) }, abort);
    let excess: WireError | undefined;
    const end = (reason?: WireError): void => {
      excess ??= reason;
      child.kill();
    };
    const monitor = watchProcess(child.pid, ports.limits, breach => {
      if (breach.action === 'killed') end(tooMuch(command, breach));
    });
    const stop = (): void => end();
    abort.addEventListener('abort', stop, { once: true });
    if (abort.aborted) stop();
    const tooLong = (): void =>
      end(new WireError(ErrorCode.LimitExceeded, `${command} wrote more than ${MOST_OUTPUT_BYTES} bytes.`));
    const [stdout, stderr] = [keep(child.stdout, tooLong), keep(child.stderr, tooLong)];
    feed(child.wire, input);
    try {
      const { code, signal, outOfMemory } = await child.exited;
      await Promise.race([
        Promise.all([stdout.finished, stderr.finished]),
        delay(STREAMS_MS, undefined, { ref: false }),
      ]);
      if (excess) throw excess;
      abort.throwIfAborted();
      if (outOfMemory) throw tooMuch(command, { resource: 'memory' });
      return { code, signal, stdout: stdout.read(), stderr: stderr.read() };
    } finally {
      abort.removeEventListener('abort', stop);
      monitor.dispose();
      child.wire.destroy();
      child.dispose();
    }
  }

  return { run, dispose: () => closing.abort() };
}

/**
 * The sandbox gives a program no standard input, but a socket as descriptor 3: a shell puts it in its place. The
 * program and its arguments are arguments of the shell and never part of its script.
 */
function shellFor(program: string, args: readonly string[], cwd: string | undefined): string[] {
  const script = 'cd -- "$1" || exit 126; shift; exec "$@" <&3 3<&-';
  return ['/bin/sh', '-c', script, 'sh', cwd ?? '.', program, ...args];
}

function feed(wire: Duplex, input: string): void {
  // A program that ends without having read everything is nobody's fault.
  wire.on('error', () => {});
  wire.resume();
  wire.end(input);
}

function keep(stream: Readable, tooLong: () => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finished = new Promise<void>(resolve => {
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT_BYTES) tooLong();
      else chunks.push(chunk);
    });
    stream.on('error', () => {});
    stream.on('close', () => resolve());
  });
  return { finished, read: () => Buffer.concat(chunks).toString('utf8') };
}

function tooMuch(command: string, { resource }: Pick<LimitBreach, 'resource'>): WireError {
  return new WireError(ErrorCode.LimitExceeded, `${command} was ended at its ${resource} limit.`);
}

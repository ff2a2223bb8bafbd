import { Worker } from 'node:worker_threads';
import { messageOf } from '../../base/index.ts';
import type { Chunk } from './chunk.ts';
import { abandoned, type LookedAt } from './look.ts';
import type { WorkerMessage, WorkerTask } from './worker.ts';

/** What a pool works with. */
export interface PoolPorts {
  /** The script that becomes a worker when it is started with a {@link WorkerTask}. */
  readonly script: string | URL;
  readonly task: WorkerTask;
  readonly jobs: number;
  /** A worker that is silent for longer is ended, in milliseconds. */
  readonly silenceMs?: number;
  onLooked(result: LookedAt): void;
}

/** The analysis itself gives up far earlier; this is for what it can't interrupt. */
const SILENCE_MS = 20_000;

/** As much memory as a worker may take for what it knows of a chunk, in MiB. */
const HEAP_MIB = 1_024;

/** Trees live for one chunk, so collecting young objects early is work for nothing. */
const YOUNG_MIB = 96;

/**
 * Looks at chunks on several threads. A worker that dies or hangs costs the file it was at: a finding says so, and
 * another worker goes on with the rest.
 *
 * @throws when a worker can't be started; the signal's reason when it is aborted. No thread is left then.
 */
export async function lookInParallel(
  chunks: readonly Chunk[],
  ports: PoolPorts,
  stop: AbortSignal,
): Promise<void> {
  const waiting = [...chunks];
  const workers = new Set<Worker>();
  const one = async (): Promise<void> => {
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
      const rest = await employ(chunk, waiting, ports, workers);
      if (rest !== undefined && rest.places.length > 0) waiting.unshift(rest);
      stop.throwIfAborted();
    }
  };
  const end = (): void => {
    waiting.length = 0;
    for (const worker of workers) void worker.terminate();
  };
  stop.addEventListener('abort', end);
  try {
    stop.throwIfAborted();
    await Promise.all(Array.from({ length: Math.min(ports.jobs, chunks.length) }, one));
  } catch (error) {
    // A worker that was ended before it began has not failed.
    stop.throwIfAborted();
    throw error;
  } finally {
    stop.removeEventListener('abort', end);
    end();
  }
}

/**
 * Starts a worker, and gives it this chunk and whatever waits until nothing does. Resolves to what is left of a chunk
 * when the worker came to an early end.
 */
function employ(
  first: Chunk,
  waiting: Chunk[],
  ports: PoolPorts,
  workers: Set<Worker>,
): Promise<Chunk | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(ports.script, {
      workerData: ports.task,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: YOUNG_MIB },
      stdin: false,
    });
    workers.add(worker);
    let chunk: Chunk | undefined;
    let next: Chunk | undefined = first;
    let done = 0;
    let reason = 'made the scan fail';
    const silence = setTimeout(() => {
      reason = 'takes too long to look through';
      void worker.terminate();
    }, ports.silenceMs ?? SILENCE_MS);
    worker.on('message', (message: WorkerMessage) => {
      silence.refresh();
      if (message.type === 'looked') {
        done++;
        ports.onLooked(message.result);
      } else if (message.type === 'ready') {
        chunk = next ?? waiting.shift();
        next = undefined;
        done = 0;
        if (chunk === undefined) void worker.terminate();
        else worker.postMessage(chunk);
      }
    });
    let failure: unknown;
    worker.on('error', error => {
      failure = error;
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reason = isMemory
        ? 'takes too much memory to look through'
        : `made the scan fail (${messageOf(error)})`;
    });
    worker.on('exit', () => {
      clearTimeout(silence);
      workers.delete(worker);
      const place = chunk?.places[done];
      if (chunk === undefined && next !== undefined) {
        reject(failure ?? new Error('A worker ended before it began.'));
      } else if (chunk === undefined || place === undefined) resolve(undefined);
      else {
        ports.onLooked(abandoned(place, reason));
        resolve({ root: chunk.root, places: chunk.places.slice(done + 1) });
      }
    });
  });
}

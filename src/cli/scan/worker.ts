import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { createAnalyzer, type SourceLanguage } from '../../analysis/index.ts';
import type { Chunk } from './chunk.ts';
import { type LookedAt, openChunk } from './look.ts';

/** What a worker is started with. */
export interface WorkerTask {
  readonly kind: 'plugin-workbench-scan';
  /** Folder with the grammars. */
  readonly wasmDir: string;
  /** The languages that there are files in. */
  readonly languages: ReadonlySet<SourceLanguage>;
}

/** What a worker tells: it is ready for a chunk, it begins with a file, it has looked at it. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'begin'; readonly file: string }
  | { readonly type: 'looked'; readonly result: LookedAt };

/** Whether this thread was started as a worker of a scan. */
export function isWorkerTask(data: unknown): data is WorkerTask {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'plugin-workbench-scan';
}

/** Looks at the chunks that come in, until the port is closed. */
export async function runWorker(task: WorkerTask, port: MessagePort): Promise<void> {
  const analyzer = await createAnalyzer({
    loadWasm: name => readFile(join(task.wasmDir, name)),
    languages: task.languages,
  });
  const tell = (message: WorkerMessage): void => port.postMessage(message);
  port.on('message', (chunk: Chunk) => {
    const look = openChunk(chunk, analyzer);
    for (const place of chunk.places) {
      tell({ type: 'begin', file: place.file });
      tell({ type: 'looked', result: look(place) });
    }
    tell({ type: 'ready' });
  });
  tell({ type: 'ready' });
}

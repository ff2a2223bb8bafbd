import type { Caller } from '../../protocol/plugin/index.ts';

/** On what terms a plugin is asked. */
export interface Terms {
  /** When it is given up, in milliseconds of `performance.now()`. */
  readonly due: number;
  /** Who waits for the answer, the one that began at the head; empty when no plugin does. */
  readonly chain: readonly string[];
  readonly caller?: Caller | undefined;
  readonly signal?: AbortSignal | undefined;
}

import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** The file is put aside as `audit.previous.jsonl` when it would grow beyond this. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Most bytes that wait for the disk; what comes beyond is counted, and the count is written in their place. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** One answered or refused request of a plugin, or a change of what it may do. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** The version of the plugin that asked; absent of what is not the doing of a version. */
  readonly version?: string | undefined;
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** The manifest line that would allow it, when denied. */
  readonly grant?: string | undefined;
  /**
   * Who decided, when it was not the broker: the kernel, where the plugin tried it past the host; of a change, who made
   * it, or `time`.
   */
  readonly by?: 'kernel' | 'user' | 'policy' | 'session' | 'time' | undefined;
  /** What happened to the grant; without it the entry is a request. `allowed` then says whether it still is one. */
  readonly change?: 'given' | 'narrowed' | 'revoked' | 'expired' | undefined;
  /** The resource before it was narrowed. */
  readonly from?: string | undefined;
  /** Until when what was given or narrowed holds, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
}

/** The written record of what one plugin asked for. */
export interface AuditLog {
  /** Takes an entry; it is on disk soon after, in order. */
  write(entry: AuditEntry): void;
  /** Resolves when everything taken so far is on disk or has failed to get there. */
  flush(): Promise<void>;
}

/**
 * Opens the audit log of a plugin: `audit.jsonl`, at most 1 MiB, and the one before it.
 *
 * @param onError is told once when the log can't be written; the plugin runs on.
 */
export function createAuditLog(dir: string, onError: (error: unknown) => void): AuditLog {
  const file = path.join(dir, 'audit.jsonl');
  const waiting: string[] = [];
  let waitingBytes = 0;
  let dropped = 0;
  let size: number | undefined;
  let failed = false;
  let writing: Promise<void> | undefined;

  async function append(lines: string): Promise<void> {
    if (size === undefined) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      size = await stat(file).then(
        found => found.size,
        () => 0,
      );
    }
    const bytes = Buffer.byteLength(lines);
    if (size > 0 && size + bytes > MAX_FILE_BYTES) {
      await rename(file, path.join(dir, 'audit.previous.jsonl'));
      size = 0;
    }
    await appendFile(file, lines, { mode: 0o600 });
    size += bytes;
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // At most a quarter of a file at once, so that a burst is spread over files and not cut out of one.
      let lines = '';
      while (waiting.length > 0 && lines.length < MAX_FILE_BYTES / 4) lines += waiting.shift();
      waitingBytes = waiting.length === 0 ? 0 : waitingBytes - lines.length;
      if (dropped > 0 && waiting.length === 0) {
        lines += `${JSON.stringify({ timestamp: Date.now(), dropped })}\n`;
        dropped = 0;
      }
      try {
        await append(lines);
      } catch (error) {
        if (!failed) onError(error);
        failed = true;
      }
    }
    writing = undefined;
  }

  return {
    write: entry => {
      const line = `${JSON.stringify(entry)}\n`;
      if (waitingBytes + line.length > MAX_WAITING_BYTES) {
        dropped++;
        return;
      }
      waiting.push(line);
      waitingBytes += line.length;
      writing ??= Promise.resolve().then(drain);
    },
    flush: async () => {
      await writing;
    },
  };
}

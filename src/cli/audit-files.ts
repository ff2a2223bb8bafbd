import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AuditSummary, createAuditReader } from '../analysis/permissions/index.ts';

/** Where storage, state and audit logs of plugins lie unless told otherwise. */
export function defaultDataDir(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'plugin-workbench');
}

/**
 * Adds up what the audit of a plugin says, line by line, the put-aside file too; `undefined` when there is none.
 *
 * @param onUnreadable told a file that can't be read, with the system's code such as `EACCES`
 */
export async function readAuditFiles(
  dataDir: string,
  pluginId: string,
  onUnreadable: (file: string, code: string) => void,
): Promise<AuditSummary | undefined> {
  const reader = createAuditReader();
  let found = false;
  for (const name of ['audit.previous.jsonl', 'audit.jsonl']) {
    const file = join(dataDir, pluginId, name);
    try {
      if (!(await stat(file)).isFile()) continue;
      const lines = createInterface({
        input: createReadStream(file, 'utf8'),
        crlfDelay: Number.POSITIVE_INFINITY,
      });
      for await (const line of lines) reader.addLine(line);
      found = true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      if (code !== 'ENOENT') onUnreadable(file, code);
    }
  }
  return found ? reader.summary() : undefined;
}

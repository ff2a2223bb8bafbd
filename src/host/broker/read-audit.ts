import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { auditEntrySchema, type ReadAuditParams } from '../../protocol/editor/index.ts';
import type { AuditEntry } from './audit.ts';

const DEFAULT_LIMIT = 200;

/** What of the record is asked for. */
export type AuditQuery = Omit<ReadAuditParams, 'pluginId'>;

/** Reads the audit files in a folder: the newest entries that fit, oldest first. Lines that are no entries are left out. */
export async function readAudit(dir: string, query: AuditQuery): Promise<AuditEntry[]> {
  const { limit = DEFAULT_LIMIT, since, allowed } = query;
  const entries: AuditEntry[] = [];
  for (const name of ['audit.previous.jsonl', 'audit.jsonl']) {
    const text = await readFile(path.join(dir, name), 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const entry = v.safeParse(v.pipe(v.string(), v.parseJson(), auditEntrySchema), line);
      if (!entry.success) continue;
      const { timestamp, allowed: was, change } = entry.output;
      if (since !== undefined && timestamp < since) continue;
      if (allowed === undefined || (change === undefined && was === allowed)) entries.push(entry.output);
    }
  }
  return entries.slice(-limit);
}

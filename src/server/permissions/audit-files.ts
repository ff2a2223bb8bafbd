import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AuditSummary, createAuditReader } from '../../analysis/permissions/index.ts';

/** The audit of a plugin, added up as long as its files stay the same. */
export interface AuditFiles {
  /** `undefined` where there are no records, or none that can be read. */
  summaryOf(dataDir: string, pluginId: string): Promise<AuditSummary | undefined>;
}

const names = ['audit.previous.jsonl', 'audit.jsonl'];

export function createAuditFiles(): AuditFiles {
  const known = new Map<string, { readonly stamp: string; readonly summary: AuditSummary }>();
  return {
    summaryOf: async (dataDir, pluginId) => {
      const files = names.map(name => join(dataDir, pluginId, name));
      const stamps = await Promise.all(files.map(stampOf));
      if (stamps.every(stamp => stamp === undefined)) return undefined;
      const stamp = stamps.join();
      const key = join(dataDir, pluginId);
      const cached = known.get(key);
      if (cached?.stamp === stamp) return cached.summary;
      const reader = createAuditReader();
      for (const [index, file] of files.entries()) {
        if (stamps[index] === undefined) continue;
        try {
          const lines = createInterface({ input: createReadStream(file, 'utf8') });
          for await (const line of lines) reader.addLine(line);
        } catch {
          // It was put aside meanwhile, or may not be read: what is there of it counts.
        }
      }
      const summary = reader.summary();
      known.set(key, { stamp, summary });
      return summary;
    },
  };
}

async function stampOf(file: string): Promise<string | undefined> {
  try {
    const stats = await stat(file);
    return stats.isFile() ? `${stats.mtimeMs} ${stats.size}` : undefined;
  } catch {
    return undefined;
  }
}

import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { type CrashReport, crashReportSchema, type Problem } from '../../protocol/editor/index.ts';
import type { WriteFileAtomically } from '../atomic-file.ts';
import type { InstanceEnd } from '../process/port.ts';

/** Reports kept for one plugin; the oldest go first. */
const KEPT_REPORTS = 20;

/** The crash reports of one plugin on disk: `<dir>/crashes/<time>-<id>.json`. */
export interface CrashReports {
  /** Writes a report; never rejects, a report that can't be written is told to `warn`. */
  add(report: CrashReport): Promise<void>;
  /** The newest reports, newest first. */
  list(limit?: number): Promise<CrashReport[]>;
}

/** What {@link createCrashReports} needs. */
export interface CrashReportOptions {
  /** Folder of the plugin's data. */
  readonly dir: string;
  readonly write: WriteFileAtomically;
  readonly warn: (error: unknown) => void;
}

/** Opens the crash reports of a plugin. */
export function createCrashReports({ dir, write, warn }: CrashReportOptions): CrashReports {
  const folder = path.join(dir, 'crashes');
  let last: Promise<void> = Promise.resolve();

  async function store(report: CrashReport): Promise<void> {
    const file = path.join(folder, `${report.timestamp}-${report.id}.json`);
    await write(file, `${JSON.stringify(report, null, 2)}\n`);
    for (const old of (await namesIn(folder)).slice(0, -KEPT_REPORTS)) {
      await rm(path.join(folder, old), { force: true });
    }
  }

  return {
    add: report => {
      last = last.then(() => store(report)).catch(warn);
      return last;
    },
    list: async limit => {
      await last;
      return readCrashReports(dir, limit);
    },
  };
}

/** The newest reports in a folder of a plugin's data, newest first. What is no report is left out. */
export async function readCrashReports(dir: string, limit = KEPT_REPORTS): Promise<CrashReport[]> {
  const folder = path.join(dir, 'crashes');
  const reports: CrashReport[] = [];
  for (const name of (await namesIn(folder)).reverse().slice(0, limit)) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => '');
    const report = v.safeParse(v.pipe(v.string(), v.parseJson(), crashReportSchema), text);
    if (report.success) reports.push(report.output);
  }
  return reports;
}

/** The time comes first in the name, so that the order of names is the order of crashes. */
async function namesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder).catch((): string[] => []);
  return found.filter(name => name.endsWith('.json') && !name.startsWith('.')).sort();
}

/** Why a process ended, told from what the host saw and from what people are told. */
export function causeOf(end: InstanceEnd, problem: Problem): CrashReport['cause'] {
  if (end.violation) return 'protocol';
  if (end.breach?.resource === 'memory' || problem.code === 'PW-LIMIT-MEMORY') return 'outOfMemory';
  if (end.breach) return 'limit';
  return end.signal === null ? 'exit' : 'signal';
}

/** A name for a report. */
export function newReportId(): string {
  return randomUUID().slice(0, 8);
}

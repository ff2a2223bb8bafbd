import * as v from 'valibot';

/** How often a plugin did one thing in its runs, as the host wrote it down. */
export interface ObservedUse {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: number;
  readonly denied: number;
  /** Of those that were denied: how many the kernel refused, past the host. */
  readonly byKernel: number;
  /** Milliseconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The runs of one version. */
export interface Observation {
  /** `undefined` for records that do not say it. */
  readonly version: string | undefined;
  /** Those used most first. */
  readonly uses: readonly ObservedUse[];
}

/** What the records of a plugin come to. */
export interface AuditSummary {
  /** The version seen last first. */
  readonly versions: readonly Observation[];
  readonly records: number;
  /** Lines that are no records. */
  readonly broken: number;
  /** Records that the host had no room for. */
  readonly dropped: number;
  /** Records whose resource was one too many to keep apart; they count for their folder, or for `*`. */
  readonly merged: number;
}

/** Adds records up; what it keeps is bounded whatever it is fed. */
export interface AuditReader {
  /** Takes one line of an audit file. */
  addLine(line: string): void;
  summary(): AuditSummary;
}

/** Most different things that are kept apart in one version, and most versions. */
const MAX_USES = 2000;
const MAX_VERSIONS = 32;
/** A record is a few hundred bytes. */
const MAX_LINE = 64 * 1024;
const MAX_TEXT = 1024;

const text = v.pipe(
  v.string(),
  v.transform(value => value.slice(0, MAX_TEXT)),
);
const record = v.object({
  timestamp: v.pipe(v.number(), v.finite()),
  version: v.optional(text),
  scope: text,
  action: text,
  resource: text,
  allowed: v.boolean(),
  by: v.optional(v.string()),
  change: v.optional(v.string()),
});
const gap = v.object({ dropped: v.pipe(v.number(), v.integer(), v.minValue(0)) });

interface Tally {
  readonly uses: Map<string, ObservedUse>;
  lastAt: number;
}

/** Makes a reader of the records of one plugin; the order of lines does not count. */
export function createAuditReader(): AuditReader {
  const versions = new Map<string, Tally>();
  const counts = { records: 0, broken: 0, dropped: 0, merged: 0 };

  function tallyOf(version: string, at: number): Tally {
    let tally = versions.get(version);
    if (tally === undefined) {
      tally = { uses: new Map(), lastAt: at };
      versions.set(version, tally);
      if (versions.size > MAX_VERSIONS) versions.delete(oldest(versions));
    }
    tally.lastAt = Math.max(tally.lastAt, at);
    return tally;
  }

  function add(entry: v.InferOutput<typeof record>): void {
    counts.records++;
    const { uses } = tallyOf(entry.version ?? '', entry.timestamp);
    let { resource } = entry;
    const keyOf = (): string => `${entry.scope}\0${entry.action}\0${resource}`;
    if (uses.size >= MAX_USES && !uses.has(keyOf())) {
      counts.merged++;
      resource = entry.scope === 'filesystem' ? folderOf(resource) : '*';
      if (uses.size >= 2 * MAX_USES && !uses.has(keyOf())) resource = '*';
    }
    const known = uses.get(keyOf());
    uses.set(keyOf(), {
      scope: entry.scope,
      action: entry.action,
      resource,
      allowed: (known?.allowed ?? 0) + Number(entry.allowed),
      denied: (known?.denied ?? 0) + Number(!entry.allowed),
      byKernel: (known?.byKernel ?? 0) + Number(!entry.allowed && entry.by === 'kernel'),
      firstAt: Math.min(known?.firstAt ?? entry.timestamp, entry.timestamp),
      lastAt: Math.max(known?.lastAt ?? entry.timestamp, entry.timestamp),
    });
  }

  return {
    addLine: line => {
      if (line.trim() === '') return;
      const value = line.length > MAX_LINE ? undefined : parse(line);
      const entry = v.safeParse(record, value);
      if (entry.success) {
        // What people did with a grant is no use of it.
        if (entry.output.change === undefined) add(entry.output);
        return;
      }
      const missing = v.safeParse(gap, value);
      if (missing.success) counts.dropped += missing.output.dropped;
      else counts.broken++;
    },
    summary: () => ({
      ...counts,
      versions: [...versions]
        .sort(([, a], [, b]) => b.lastAt - a.lastAt)
        .map(([version, { uses }]) => ({
          version: version === '' ? undefined : version,
          uses: [...uses.values()].sort((a, b) => b.allowed + b.denied - (a.allowed + a.denied)),
        })),
    }),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function folderOf(resource: string): string {
  const end = resource.lastIndexOf('/');
  return end <= 0 ? '*' : `${resource.slice(0, end)}/*`;
}

function oldest(versions: ReadonlyMap<string, Tally>): string {
  let found: [string, number] | undefined;
  for (const [version, { lastAt }] of versions)
    if (found === undefined || lastAt < found[1]) found = [version, lastAt];
  return found?.[0] ?? '';
}

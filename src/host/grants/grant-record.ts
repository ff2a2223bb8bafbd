import type { AuditEntry } from '../broker/audit.ts';
import type { Granted } from './intersect.ts';

/** A change of what a plugin may do, as the audit has it. */
export interface GrantRecord extends AuditEntry {
  readonly change: NonNullable<AuditEntry['change']>;
  readonly by: NonNullable<AuditEntry['by']>;
}

/** What is granted now and was not before, for the audit. */
export function recordGiven(
  before: readonly Granted[],
  after: readonly Granted[],
  by: GrantRecord['by'],
  timestamp: number,
): GrantRecord[] {
  return missing(after, before).map(one => record(one, 'given', by, timestamp));
}

/** What was granted and is no more, since its time is over. @param now the time, for one that does not say its end */
export function recordExpired(
  before: readonly Granted[],
  after: readonly Granted[],
  now: number,
): GrantRecord[] {
  return missing(before, after).map(one =>
    record(one, 'expired', 'time', one.capability.restrictions.expiresAt ?? now),
  );
}

/** What somebody took back. */
export function recordRevoked(target: Granted, timestamp: number): GrantRecord {
  return record(target, 'revoked', 'user', timestamp);
}

/** What is left of a grant that somebody narrowed. @param expiresAt its new end, where it got one */
export function recordNarrowed(
  target: Granted,
  resource: string,
  expiresAt: number | undefined,
  timestamp: number,
): GrantRecord {
  const from = target.capability.resource;
  const until = expiresAt ?? target.capability.restrictions.expiresAt;
  const narrowed = { ...record(target, 'narrowed', 'user', timestamp), resource, from };
  return until === undefined ? narrowed : { ...narrowed, expiresAt: until };
}

function missing(some: readonly Granted[], others: readonly Granted[]): Granted[] {
  const known = new Set(others.map(({ key }) => key));
  return some.filter(({ key }) => !known.has(key));
}

function record(
  { capability: { scope, action, resource, restrictions } }: Granted,
  change: GrantRecord['change'],
  by: GrantRecord['by'],
  timestamp: number,
): GrantRecord {
  const { expiresAt } = restrictions;
  const allowed = change === 'given' || change === 'narrowed';
  const until = expiresAt === undefined ? {} : { expiresAt };
  return { timestamp, scope, action, resource, allowed, change, by, ...until };
}

import { createHash } from 'node:crypto';
import type { Capability, CapabilityRestrictions } from '../../manifest/index.ts';

/** What is approved, without where a manifest says it. */
export type BareCapability = Omit<Capability, 'at'>;

/** Names a capability: the same for the same scope, action, resource and restrictions, wherever a manifest says it. */
export function keyOf({ scope, action, resource, restrictions }: BareCapability): string {
  const conditions = Object.entries(restrictions).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify([scope, action, resource, conditions]));
  return `${scope}.${action}.${digest.digest('hex').slice(0, 16)}`;
}

/** Drops where the manifest says it. */
export function bare({ scope, action, resource, restrictions }: Capability): BareCapability {
  return { scope, action, resource, restrictions };
}

/** The restrictions that hold when both do. */
export function stricter(a: CapabilityRestrictions, b: CapabilityRestrictions): CapabilityRestrictions {
  const both = (x: readonly string[] | undefined, y: readonly string[] | undefined) =>
    x && y ? x.filter(word => y.includes(word)) : (x ?? y);
  const least = (x: number | undefined, y: number | undefined) =>
    x !== undefined && y !== undefined ? Math.min(x, y) : (x ?? y);
  const entries = {
    protocols: both(a.protocols, b.protocols),
    methods: both(a.methods, b.methods),
    maxBytes: least(a.maxBytes, b.maxBytes),
    maxTokens: least(a.maxTokens, b.maxTokens),
    ratePerMinute: least(a.ratePerMinute, b.ratePerMinute),
    expiresAt: least(a.expiresAt, b.expiresAt),
  };
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as CapabilityRestrictions;
}

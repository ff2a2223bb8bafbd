import type { Capability } from '../../manifest/index.ts';
import { type BareCapability, bare, keyOf, stricter } from './capability-key.ts';
import { coversTarget } from './covers.ts';
import type { Approval } from './grant-store.ts';

/** A capability that is both declared and approved, and what it comes from. */
export interface Granted {
  readonly key: string;
  readonly capability: Capability;
  readonly declared: Capability;
  readonly approval: Approval;
}

/**
 * What is both declared and approved. Of two patterns the narrower one holds, with the conditions of both; where
 * neither holds the other, nothing is granted.
 */
export function intersect(
  declared: readonly Capability[],
  approvals: readonly Approval[],
): readonly Granted[] {
  const found = new Map<string, Granted>();
  for (const capability of declared) {
    for (const approval of approvals) {
      const narrower = narrowerOf(capability, approval.capability);
      if (!narrower) continue;
      const until = approval.expiresAt === undefined ? {} : { expiresAt: approval.expiresAt };
      const conditions = stricter(capability.restrictions, approval.capability.restrictions);
      const both = { ...narrower, restrictions: stricter(conditions, until), at: capability.at };
      const key = keyOf(both);
      if (!found.has(key)) found.set(key, { key, capability: both, declared: capability, approval });
    }
  }
  return [...found.values()];
}

function narrowerOf(declared: Capability, approved: BareCapability): BareCapability | undefined {
  if (coversTarget(approved, declared)) return bare(declared);
  return coversTarget(declared, approved) ? approved : undefined;
}

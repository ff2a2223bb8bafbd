import type { Isolation, TrustLevel } from '../../protocol/editor/index.ts';

/** What a decision is made from. */
export interface TrustFacts {
  readonly trust: TrustLevel;
  /** The user lets this very plugin run without a sandbox. */
  readonly unconfined: boolean;
  /**
   * `unasked`: the manifest asks for no container (it names no image, or its security level is not high); `missing`:
   * it asks, and this machine has no container runtime or not the image.
   */
  readonly container: 'unasked' | 'missing' | 'ready';
  /** The sandbox of this machine. */
  readonly sandbox: 'sandboxed' | 'reduced' | 'none';
}

/** A way to run a plugin. */
export type Confined = 'container' | 'sandboxed' | 'reduced' | 'unconfined';

/** Which decisions about a plugin are recorded. */
export type AuditDetail = 'every' | 'denials';

/** What comes of it. */
export interface TrustDecision {
  /** `refused`: the sandbox is too little for the trust; `impossible`: there is none at all. */
  readonly run: Confined | 'refused' | 'impossible';
  /** What the user should know, a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Decides how a plugin runs. Trust opens nothing that the manifest does not ask for: it only says with how little
 * confinement a plugin may still be run. Pure; the table is in `docs/security-model.md`.
 */
export function decideIsolation({ trust, unconfined, container, sandbox }: TrustFacts): TrustDecision {
  if (unconfined) return { run: 'unconfined', warnings: [] };
  if (container === 'ready') return { run: 'container', warnings: [] };
  const warnings =
    container === 'missing' ? ['The manifest asks for a container, and none can be had here.'] : [];
  if (sandbox === 'none') return { run: 'impossible', warnings };
  if (sandbox === 'sandboxed') return { run: 'sandboxed', warnings };
  if (trust === 'untrusted') return { run: 'refused', warnings };
  const reduced = `This system has a reduced sandbox only; that the plugin runs in it comes from its trust level, ${trust}.`;
  return { run: 'reduced', warnings: [...warnings, reduced] };
}

/** Which decisions about a plugin of some trust are recorded. */
export function auditDetailOf(trust: TrustLevel): AuditDetail {
  return trust === 'internal' ? 'denials' : 'every';
}

/** What a trust level means, for people. */
export const trustWords: Readonly<Record<TrustLevel, string>> = {
  untrusted: 'untrusted: runs fully confined or not at all; every decision is recorded',
  partner: 'partner: may run in a reduced sandbox; every decision is recorded',
  internal: 'internal: may run in a reduced sandbox; only refusals are recorded',
};

/** The isolation a way of running comes to, with what it means for people. */
export const isolationOf: Readonly<Record<Confined, Isolation>> = {
  container: { level: 3, words: 'level 3: what it may do is granted, in a container of its own' },
  sandboxed: { level: 2, words: 'level 2: what it may do is granted, in a full sandbox' },
  reduced: { level: 2, words: 'level 2: what it may do is granted, in a REDUCED sandbox' },
  unconfined: { level: 1, words: 'level 1: a process of its own, with all your rights' },
};

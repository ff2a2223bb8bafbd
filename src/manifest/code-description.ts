import type { Severity } from '../base/index.ts';

/** What a manifest finding code stands for; `docs/findings.md` has a section for each. */
export interface CodeDescription {
  readonly severity: Severity;
  /** True when a manifest with it can't be loaded. */
  readonly blocks: boolean;
  /** One sentence: when it is reported. */
  readonly summary: string;
  /** Why it matters to the author or to the people who run the plugin. */
  readonly why: string;
}

/** A code that keeps the plugin from being loaded. */
export const error = (summary: string, why: string): CodeDescription => ({
  severity: 'error',
  blocks: true,
  summary,
  why,
});
/** An error with which it can be loaded. */
export const fault = (summary: string, why: string): CodeDescription => ({
  severity: 'error',
  blocks: false,
  summary,
  why,
});
/** Something that works, and that somebody will regret. */
export const warning = (summary: string, why: string): CodeDescription => ({
  severity: 'warning',
  blocks: false,
  summary,
  why,
});

/** Something to know. */
export const info = (summary: string, why: string): CodeDescription => ({
  severity: 'info',
  blocks: false,
  summary,
  why,
});

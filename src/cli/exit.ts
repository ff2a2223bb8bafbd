import type { Finding } from '../base/index.ts';

/** What the process tells its caller. */
export const Exit = {
  /** Nothing to complain about. */
  clean: 0,
  /** The plugin has findings: errors, or with `--strict` warnings too. */
  findings: 1,
  /** The command could not do its work. */
  failure: 2,
} as const;
export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** The exit code for a list of findings. */
export function exitCodeFor(findings: readonly Finding[], strict: boolean): ExitCode {
  const counts = (finding: Finding): boolean =>
    finding.severity === 'error' || (strict && finding.severity === 'warning');
  return findings.some(counts) ? Exit.findings : Exit.clean;
}

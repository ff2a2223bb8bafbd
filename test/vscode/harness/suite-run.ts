import type { RunFolder } from './workspace.ts';

/** What is to be run in one window. */
export interface SuiteRun {
  readonly folder: RunFolder;
  /** Absolute path of the extension under development. */
  readonly extension: string;
  /** Absolute path of the module that exports `run`. */
  readonly entry: string;
  /** Whether the window trusts its workspace. */
  readonly trusted: boolean;
  /** VS Code settings besides the common ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment variables of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

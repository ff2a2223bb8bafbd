import { driverVariable, grepVariable } from '../driver.ts';
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
  /** Runs only the tests whose title contains this; none may be left then. */
  readonly grep?: string | undefined;
  /** VS Code settings besides the common ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * The environment variables that the suites read.
 *
 * @param driver the address of the runner that answers them
 */
export function suiteEnvironment(run: SuiteRun, driver: string): Record<string, string> {
  return { [driverVariable]: driver, ...(run.grep === undefined ? {} : { [grepVariable]: run.grep }) };
}

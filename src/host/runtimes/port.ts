import type { RuntimeId } from '../../manifest/index.ts';
import type { PluginSource } from '../plugin/plugin-source.ts';
import type { EffectiveLimits } from '../process/limits.ts';
import type { LogSink } from '../process/output.ts';

/** Where the pieces lie that are shipped beside the host; absolute. */
export interface ShippedPaths {
  /** The bootstrap that runs beside a Node plugin. */
  readonly childScript: string;
  /** A folder for each language (`node`, `python`, `go`, `rust`), with what plugins in it import. */
  readonly sdkRoot: string;
}

/** A plugin that is to be launched. */
export interface PrepareRequest {
  readonly source: PluginSource;
  readonly limits: EffectiveLimits;
  /** False where the process runs without a sandbox. */
  readonly confined: boolean;
  /** False where nothing can be shown at another path than it has: paths are then those of this machine. */
  readonly mounts: boolean;
  readonly onLog: LogSink;
  /** A debugger looks inside. */
  readonly debug?: boolean | undefined;
}

/** What launches a plugin: the interpreter or built program, and all it needs to run. */
export interface PreparedRuntime {
  readonly version: string;
  /** Such as `python 3.11.7 (PATH: /usr/bin/python3)`. */
  readonly description: string;
  /** Absolute argv. */
  readonly command: readonly string[];
  /** Files and folders it reads at run time, itself included; absolute, shown at the same path inside. */
  readonly runtimePaths: readonly string[];
  /** What is shown inside at another path; empty where `mounts` is false. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[];
  /** Added to the environment every plugin gets (`PATH`, `HOME`, `LANG`). */
  readonly env: Readonly<Record<string, string>>;
  /** How the plugin's own tests are run; absent where the workbench can't. */
  readonly tests?: TestRunner | undefined;
}

/** The test runner of a language. It tells what comes of each test on file descriptor 3; see `src/host/testing`. */
export interface TestRunner {
  /** For people, such as `node --test`. */
  readonly name: string;
  /** How a test is written, for those who have none. */
  readonly advice: string;
  /** Absolute argv. @param filter part of the names of the tests to run */
  command(filter: string | undefined): readonly string[];
}

/** Makes plugins of one kind ready to be launched. */
export interface RuntimeProvider {
  readonly id: RuntimeId;
  /**
   * Finds the runtime, checks its version against the manifest, and installs or builds what the plugin needs. Called
   * for every instance, so it is quick when nothing has changed.
   *
   * @throws WorkbenchError `PW-RUNTIME-MISSING`, `PW-RUNTIME-VERSION`, `PW-RUNTIME-IN-WORKSPACE`; `PW-BUILD-FAILED`
   * with `details.location` and `details.problems`. The reason of `signal` when it is aborted.
   */
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<PreparedRuntime>;
}

/** The languages whose plugins are built or get packages installed. */
export type BuildLanguage = 'python' | 'go' | 'rust';

/**
 * Where a language keeps what it makes for a plugin. All absolute, real paths; they exist.
 *
 * Who may write decides what can be trusted: code of the plugin that runs while it is built (a build script, the
 * set-up script of a package) can leave anything, links included, in a folder that was writable to it.
 */
export interface BuildFolders {
  /**
   * Downloads and compiled packages for every plugin of the language. Make it writable only to steps that run no
   * code of a plugin or a package (`go mod download`, `cargo fetch`, a download of wheels); otherwise one plugin
   * could change what another is built from.
   */
  readonly shared: string;
  /** This plugin's own, for steps that run code. The host must not read through it without {@link Builds.take}. */
  readonly work: string;
  /** Never writable to a step: what the host wrote itself, and the results it took. */
  readonly made: string;
}

/** One run of a build or install tool. */
export interface BuildStep {
  /** What runs, for messages: `go build`. */
  readonly tool: string;
  readonly pluginId: string;
  /** Working directory, visible read-only. */
  readonly pluginDir: string;
  /** Absolute argv. */
  readonly command: readonly string[];
  /**
   * Beside the system's own tools (`/usr`, `/bin`, `/lib`…), what it reads: the toolchain, the SDK, {@link
   * BuildFolders.made}. Absolute; shown at the same path.
   */
  readonly readOnly: readonly string[];
  /** Real paths. */
  readonly readWrite: readonly string[];
  /**
   * The whole environment, but for `PATH`, `HOME`, `LANG` and `TMPDIR`, which are there and may be given instead.
   * For a step with the network, add what {@link Builds.registryEnvironment} gives.
   */
  readonly env: Readonly<Record<string, string>>;
  /** `shared` is this machine's network, its own loopback included: only for steps that run no code of the plugin. */
  readonly network: 'none' | 'shared';
  /** False only when the user lets this plugin run unconfined; nothing is confined or hidden then. */
  readonly confined: boolean;
  /** Milliseconds, 10 minutes when absent. */
  readonly deadline?: number | undefined;
  /** Hears each line as it is written. */
  readonly onLine: (stream: 'stdout' | 'stderr', line: string) => void;
}

/** How a step that ran to its end came out. */
export interface BuildOutcome {
  /** 0 for success. */
  readonly code: number | null;
  /** The last 4 MiB of each stream. */
  readonly stdout: string;
  readonly stderr: string;
}

/** What reaching the registries takes besides the network. */
export interface RegistryAccess {
  readonly env: Readonly<Record<string, string>>;
  /** Files that the environment points to, to be added to {@link BuildStep.readOnly}. */
  readonly readOnly: readonly string[];
  /** Rust: a Cargo configuration with the user's registries alone, for `cargo --config <file>`; it is in `readOnly`. */
  readonly configFile?: string | undefined;
}

/** Runs build and install tools in the sandbox; none runs without it unless the step says `confined: false`. */
export interface Builds {
  /** Makes the folders when they are missing. */
  foldersFor(language: BuildLanguage, pluginDir: string): Promise<BuildFolders>;
  /**
   * The user's way to the registries of a language: proxies, certificates, indexes. Addresses may hold credentials
   * the user put there, so give it to no step that runs code of the plugin.
   */
  registryEnvironment(language: BuildLanguage): Promise<RegistryAccess>;
  /**
   * Runs one step; everything it started is gone when this settles.
   *
   * @throws WorkbenchError `PW-BUILD-FAILED` when it took too long or too much memory; `PW-SANDBOX-*` when there is
   * no sandbox or it did not start. The reason of `signal` when it is aborted. A tool that fails is an outcome.
   */
  run(step: BuildStep, signal: AbortSignal): Promise<BuildOutcome>;
  /** Runs `task` when no other for this plugin's folder is under way. The wait ends with the reason of `signal`. */
  exclusively<T>(pluginDir: string, task: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /**
   * Copies a file that a step made to where a plugin is run from, in one move: whoever runs the file from before
   * keeps it. Refuses a link, and anything but a file, so that a build can't pass off another file as its own.
   *
   * @throws WorkbenchError `PW-BUILD-FAILED`
   */
  take(from: string, to: string): Promise<void>;
}

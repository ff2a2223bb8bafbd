import type { Duplex, Readable } from 'node:stream';
import type { Disposable } from '../base/index.ts';

/** What one process may touch. Everything not listed is out of its reach. */
export interface SandboxPolicy {
  /** For messages and the host name inside; matches `[a-z0-9._-]+`. */
  readonly name: string;
  /** Absolute argv: the interpreter or binary first. */
  readonly command: readonly string[];
  /** The plugin's folder, bound read-only at the same path, and the working directory. */
  readonly pluginDir: string;
  /** Files and folders the runtime needs, bound read-only at the same path: binary, loader, shared libraries. */
  readonly runtimePaths: readonly string[];
  /**
   * Absolute host path → path inside: what the workbench brings (the child bootstrap, the SDK package, folders for
   * shared memory). Read-only unless `writable`; what can be written there is up to the modes the workbench gave.
   */
  readonly mounts: readonly {
    readonly from: string;
    readonly to: string;
    readonly writable?: boolean;
  }[];
  /** Existing absolute folders or files granted by the manifest, each already resolved and inside what was granted. */
  readonly readOnly: readonly string[];
  readonly readWrite: readonly string[];
  /** The whole environment; nothing is inherited. Bubblewrap adds `PWD`, the plugin's folder. */
  readonly env: Readonly<Record<string, string>>;
  /** Size of the private /tmp. */
  readonly tmpBytes: number;
  /** RLIMIT_NOFILE; hard. Lowered to the host's own limit; Node itself needs about 25. */
  readonly fileHandles: number;
  /** Names of system calls to refuse beyond those that every sandbox refuses. */
  readonly refusedCalls?: readonly string[];
  /** Processes and threads at one time, where the kernel counts them for each sandbox; 256 when absent. */
  readonly processes?: number;
  /** What the kernel holds the process and its descendants to, where it can; absent for no such ceilings. */
  readonly ceilings?: ResourceCeilings;
  /**
   * `none` (when absent): a loopback interface of its own and nothing else. `entered`: the same, and the host may
   * enter the network namespace to put a proxy on that loopback. `shared`: the host's network; for build tools only,
   * never for a plugin.
   */
  readonly network?: 'none' | 'entered' | 'shared';
}

/** Ceilings for a process and all it starts, together. */
export interface ResourceCeilings {
  readonly memoryBytes: number;
  /** 100 is one whole core. Holds from two seconds after the start, so that starting is not slowed down. */
  readonly cpuPercent: number;
}

/** What the kernel itself holds a process to; everything else is watched, and ended soon after. */
export interface HeldLimits {
  readonly memory: boolean;
  readonly cpu: boolean;
  readonly processes: boolean;
}

/** How a sandboxed process ended. */
export interface ProcessExit {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** True when the kernel ended it, or something it started, at its memory ceiling. */
  readonly outOfMemory?: boolean;
}

/** A running, confined process. Disposing kills it and everything it started, and removes what the sandbox made. */
export interface SandboxedProcess extends Disposable {
  /** Process id of the confined program as the host sees it. */
  readonly pid: number;
  /** The Unix socket that is file descriptor 3 inside. */
  readonly wire: Duplex;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves once the program is gone and nothing of it is left; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Kills at once (SIGKILL); `exited` tells when it is gone. */
  kill(): void;
}

/**
 * How well a process is confined. `container`: an image of its own; `sandboxed`: own namespaces; `reduced`: Landlock
 * and a system call filter alone; `unconfined`: not at all.
 */
export type ConfinementLevel = 'container' | 'sandboxed' | 'reduced' | 'unconfined';

/** A way to confine a process on this platform. */
export interface Sandbox {
  readonly level: ConfinementLevel;
  /** Whether files can be shown at other paths than they have; else `mounts` of a policy have to be empty. */
  readonly mounts: boolean;
  /** A few sentences for people: what is enforced, and by what. */
  readonly description: string;
  readonly holds: HeldLimits;
  /** For `reduced`: what would make a full sandbox possible here; `undefined` when nothing would. */
  readonly advice?: string | undefined;
  /**
   * Starts the program.
   *
   * @throws WorkbenchError `PW-SANDBOX-START` (a granted path is gone or a link, or it ended before the program ran;
   * details.stderr), with the next step. The reason of `signal` when it is aborted; nothing is left running then.
   */
  launch(policy: SandboxPolicy, signal?: AbortSignal): Promise<SandboxedProcess>;
}

/** One look at a process in `/proc`. Bytes; CPU time in milliseconds since the process started. */
export interface ProcessSample {
  readonly residentBytes: number;
  /** Anonymous, shared and swapped pages: cheap, near to private memory, what limits are enforced on. */
  readonly anonymousBytes: number;
  readonly cpuMs: number;
}

/** What a process holds on to. */
export interface ProcessCounts {
  readonly fileHandles: number;
  /** The process and its descendants. */
  readonly processes: number;
  /** Established TCP connections in its network namespace. */
  readonly connections: number;
}

/** A closer look, for people: dearer to take. */
export interface ProcessReadout extends ProcessSample, ProcessCounts {
  /** What it wrote and shares with nobody: what ending it gives back, without the cached file of the runtime. */
  readonly privateBytes: number;
  readonly diskReadBytes: number;
  readonly diskWriteBytes: number;
}

/** Ceilings the monitor enforces; all finite. */
export interface MonitorLimits {
  readonly memoryBytes: number;
  /** 100 is one whole core. */
  readonly cpuPercent: number;
  /** True where the kernel ends it at its memory limit: it is then looked at less often. */
  readonly memoryIsHeld?: boolean;
  /** True where the kernel throttles it: a busy process is then warned of, not killed. */
  readonly cpuIsHeld?: boolean;
  /** Warned of near these; the kernel holds the first two. */
  readonly fileHandles?: number;
  readonly processes?: number;
  readonly connections?: number;
  /** Most bytes by which the folders may grow while it runs. */
  readonly disk?: { readonly bytes: number; readonly folders: readonly string[] };
}

/** What a limit is about. */
export type LimitedResource = 'memory' | 'cpu' | 'fileHandles' | 'processes' | 'connections' | 'disk';

export interface LimitBreach {
  readonly resource: LimitedResource;
  readonly used: number;
  readonly limit: number;
  /** `alerted` well below the limit, `warned` near it, `killed` at it. */
  readonly action: 'alerted' | 'warned' | 'killed';
}

/** Watches one process (and its descendants) until disposed. */
export interface ProcessMonitor extends Disposable {
  /** Takes a readout now; `undefined` once the process is gone. */
  read(): ProcessReadout | undefined;
}

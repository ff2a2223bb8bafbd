import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../base/index.ts';

/** How podman is run on this machine. */
export interface Engine {
  /** Absolute path. */
  readonly podman: string;
  /** Options before the command: the runtime, the manager of control groups. */
  readonly options: readonly string[];
  /** Podman's own environment, never the plugin's. */
  readonly env: Readonly<Record<string, string>>;
}

/** Longer than podman ever needs, unless it hangs. */
const DEADLINE_MS = 60_000;

/** What of the user's environment podman needs to find its images and its places. */
const kept =
  /^(PATH|HOME|XDG_RUNTIME_DIR|XDG_DATA_HOME|XDG_CONFIG_HOME|DBUS_SESSION_BUS_ADDRESS|TMPDIR|STORAGE_.*|CONTAINERS_.*|LANG)$/;

/** The environment podman gets. */
export function engineEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => kept.test(name)));
}

/** What podman answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of podman to its end. Never rejects, but for an abort. */
export async function ask(engine: Engine, args: readonly string[], signal?: AbortSignal): Promise<Answer> {
  try {
    const { stdout, stderr } = await promisify(execFile)(engine.podman, [...engine.options, ...args], {
      env: engine.env,
      cwd: '/',
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
      ...(signal ? { signal } : {}),
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    signal?.throwIfAborted();
    const failed = error as { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string };
    const code = typeof failed.code === 'number' ? failed.code : 125;
    return { code, stdout: failed.stdout ?? '', stderr: (failed.stderr || messageOf(error)).trim() };
  }
}

/** Starts a command of podman that goes on. */
export function begin(engine: Engine, args: readonly string[], stdio: StdioOptions): ChildProcess {
  return spawn(engine.podman, [...engine.options, ...args], { env: engine.env, cwd: '/', stdio });
}

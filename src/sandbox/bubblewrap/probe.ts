import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { type ControlGroups, findControlGroups } from '../cgroup/index.ts';
import { type Architecture, filterArchitecture } from '../seccomp/index.ts';
import { findProcMasks, nobody } from './identity.ts';

/** What this machine offers, found once when the sandbox is made. */
export interface Installation {
  /** Absolute paths. */
  readonly bubblewrap: string;
  readonly prlimit: string;
  readonly architecture: Architecture;
  readonly bindsDescriptors: boolean;
  readonly disablesUserNamespaces: boolean;
  /** Whether the kernel counts processes per user namespace (Linux 5.14), so that a sandbox can have a limit of its own. */
  readonly countsProcessesPerSandbox: boolean;
  /** Whether root may hand a plugin to an unprivileged user; `false` where only root may make user namespaces. */
  readonly runsAsNobody: boolean;
  readonly maskedFiles: readonly string[];
  readonly maskedFolders: readonly string[];
  readonly groups: ControlGroups;
}

/** The facts of the machine a probe goes by; replaced in tests. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
  readonly searchPath: string;
}

const run = promisify(execFile);

/** Needed for `--size`, `--clearenv` and `--perms`. */
const oldestBubblewrap = [0, 6];

/**
 * Finds bubblewrap and tries it.
 *
 * @throws WorkbenchError `PW-SANDBOX-PLATFORM`, `PW-SANDBOX-MISSING`, `PW-SANDBOX-FORBIDDEN`, each with what to do.
 */
export async function probe(machine: Machine, signal?: AbortSignal): Promise<Installation> {
  if (machine.platform !== 'linux') {
    const why =
      machine.platform === 'win32'
        ? 'Windows offers the workbench nothing yet that would keep a plugin to what its manifest says, so plugins are not run here'
        : `There is no sandbox for ${machine.platform} yet`;
    throw new WorkbenchError('PW-SANDBOX-PLATFORM', `${why}.`, {
      nextStep:
        'Run plugins on Linux (WSL 2 or a container will do), or allow this plugin to run unconfined in the settings.',
    });
  }
  const architecture = filterArchitecture(machine.architecture);
  if (architecture === undefined) {
    throw new WorkbenchError(
      'PW-SANDBOX-PLATFORM',
      `There is no system call filter for ${machine.architecture} yet.`,
      {
        nextStep: 'Run plugins on x86-64 or arm64.',
      },
    );
  }
  const bubblewrap = findProgram('bwrap', machine.searchPath);
  if (bubblewrap === undefined) throw missing('bubblewrap is not installed.', 'bubblewrap');
  const prlimit = findProgram('prlimit', machine.searchPath);
  if (prlimit === undefined) throw missing('prlimit is not installed.', 'util-linux');

  const version = await readVersion(bubblewrap, signal);
  if (isOlder(version, oldestBubblewrap)) {
    throw missing(`bubblewrap ${version.join('.')} is too old; 0.6 is needed.`, 'bubblewrap');
  }
  await tryNamespaces(bubblewrap, {}, signal);
  const { stdout: help } = await run(bubblewrap, ['--help'], { signal });
  const masks = findProcMasks();
  return {
    bubblewrap,
    prlimit,
    architecture,
    bindsDescriptors: help.includes('--ro-bind-fd'),
    disablesUserNamespaces: help.includes('--disable-userns'),
    countsProcessesPerSandbox: !isOlder(release().split('.').map(Number.parseFloat), [5, 14]),
    runsAsNobody: await canDropTo(nobody, bubblewrap, signal),
    maskedFiles: masks.files,
    maskedFolders: masks.folders,
    groups: findControlGroups(),
  };
}

/** The absolute path of an executable on a search path, links resolved. Relative entries are never used. */
export function findProgram(name: string, searchPath: string): string | undefined {
  for (const folder of searchPath.split(':')) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return realpathSync(path);
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

async function readVersion(bubblewrap: string, signal?: AbortSignal): Promise<number[]> {
  const { stdout } = await run(bubblewrap, ['--version'], { signal });
  return (/(\d+(?:\.\d+)*)/.exec(stdout)?.[1] ?? '0').split('.').map(Number);
}

/** Runs bubblewrap on itself: the namespaces are made, then it prints its help. */
async function tryNamespaces(
  bubblewrap: string,
  as: { readonly uid?: number; readonly gid?: number },
  signal?: AbortSignal,
): Promise<void> {
  const args = [
    '--unshare-user',
    '--unshare-all',
    '--ro-bind',
    '/',
    '/',
    '--proc',
    '/proc',
    '--',
    bubblewrap,
    '--version',
  ];
  try {
    await run(bubblewrap, args, { env: {}, cwd: '/', ...as, signal });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const stderr = String((cause as { stderr?: unknown }).stderr ?? messageOf(cause)).trim();
    throw forbidden(stderr, cause);
  }
}

async function canDropTo(id: number, bubblewrap: string, signal?: AbortSignal): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  try {
    await tryNamespaces(bubblewrap, { uid: id, gid: id }, signal);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof WorkbenchError) return false;
    throw error;
  }
}

/** Switches that forbid user namespaces, with the value that does, and how to allow them. */
const switches = [
  {
    path: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    nextStep:
      'Give bubblewrap an AppArmor profile that allows user namespaces (Ubuntu: sudo apt-get install apparmor-profiles && sudo ln -s /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ && sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict), or allow them to all: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  },
  {
    path: '/proc/sys/kernel/unprivileged_userns_clone',
    forbids: '0',
    nextStep: 'Allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1',
  },
  {
    path: '/proc/sys/user/max_user_namespaces',
    forbids: '0',
    nextStep: 'Allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000',
  },
] as const;

/** The error for a bubblewrap that may not make its namespaces; names the switch that is set, as far as it can be read. */
export function forbidden(stderr: string, cause: unknown, read = readSwitch): WorkbenchError {
  const found = switches.find(({ path, forbids }) => read(path) === forbids);
  return new WorkbenchError(
    'PW-SANDBOX-FORBIDDEN',
    `This system does not let bubblewrap make a sandbox: ${stderr}`,
    {
      nextStep:
        found?.nextStep ??
        'In a container, start it with --security-opt seccomp=unconfined --security-opt systempaths=unconfined; elsewhere allow user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu, kernel.unprivileged_userns_clone=1 on Debian).',
      cause,
      details: { stderr },
    },
  );
}

function readSwitch(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function missing(message: string, debianPackage: string): WorkbenchError {
  return new WorkbenchError('PW-SANDBOX-MISSING', message, {
    nextStep: `sudo apt-get install ${debianPackage}`,
  });
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  for (const [index, wanted] of than.entries()) {
    const have = version[index] ?? 0;
    if (have !== wanted) return have < wanted;
  }
  return false;
}

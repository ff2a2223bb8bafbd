import { bindsOf } from '../bubblewrap/index.ts';
import type { HeldLimits, SandboxPolicy } from '../port.ts';

/** What the argument list depends on besides the policy. */
export interface ContainerSetting {
  readonly container: string;
  readonly image: string;
  /** Who started it, for whoever clears away what a killed workbench left. */
  readonly label: string;
  /** Files that podman reads or writes: the system call filter, the environment, the process id. */
  readonly seccompFile: string;
  readonly envFile: string;
  readonly pidFile: string;
  readonly identity: readonly string[];
  readonly holds: HeldLimits;
  /** Processes and threads at one time. */
  readonly processes: number;
}

/** Name of the label that every container of the workbench bears. */
export const ownerLabel = 'dev.plugin-workbench.owner';

/** What the kernel and the runtime's set-up need beside the program. */
const overheadBytes = 16 * 2 ** 20;

/** Above every number of threads that a control group will let a plugin have. */
const looseProcessLimit = 4096;

/**
 * What every container gets, whatever is in it: no network, nothing to write to, no capability, none of what an image
 * may ask for (volumes, health checks, a user).
 */
export const strictArguments: readonly string[] = [
  ...['--pull', 'never', '--network', 'none', '--log-driver', 'none', '--ipc', 'none', '--no-hosts'],
  ...['--read-only', '--read-only-tmpfs=false', '--image-volume', 'ignore', '--no-healthcheck'],
  // Labels would have to be written onto the user's own files.
  ...['--cap-drop', 'all', '--security-opt', 'no-new-privileges', '--security-opt', 'label=disable'],
  ...['--unsetenv-all', '--http-proxy=false', '--passwd=false', '--sdnotify', 'ignore'],
];

/** The arguments of `podman run` for a policy. Pure. */
export function containerArguments(policy: SandboxPolicy, setting: ContainerSetting): string[] {
  const { holds, processes } = setting;
  const [program = '', ...args] = policy.command;
  const list = [
    ...['run', '--name', setting.container, '--label', `${ownerLabel}=${setting.label}`],
    ...strictArguments,
    ...setting.identity,
    ...['--preserve-fds', '1', '--hostname', policy.name, '--pidfile', setting.pidFile],
    ...['--security-opt', `seccomp=${setting.seccompFile}`, '--env-file', setting.envFile],
    ...['--ulimit', `nofile=${policy.fileHandles}:${policy.fileHandles}`, '--ulimit', 'core=0:0'],
    // Counted for each user, so it is the limit only where no control group counts.
    ...['--ulimit', `nproc=${nproc(holds, processes)}`],
    ...limitArguments(policy, holds, processes),
    ...['--tmpfs', `/tmp:rw,nosuid,nodev,size=${policy.tmpBytes},mode=1777,notmpcopyup`],
    ...bindsOf(policy).flatMap(({ from, to, writable }) => ['--mount', mountOption(from, to, writable)]),
    ...['--workdir', policy.pluginDir, '--entrypoint', JSON.stringify([program])],
    ...[setting.image, ...args],
  ];
  const bad = list.find(value => value.includes('\0'));
  if (bad !== undefined)
    throw new Error(`A container argument contains a NUL character: ${JSON.stringify(bad)}`);
  return list;
}

function nproc(holds: HeldLimits, processes: number): string {
  const most = holds.processes ? looseProcessLimit : processes;
  return `${most}:${most}`;
}

function limitArguments({ ceilings }: SandboxPolicy, holds: HeldLimits, processes: number): string[] {
  const memory = ceilings && Math.ceil(ceilings.memoryBytes + overheadBytes);
  return [
    ...(holds.processes ? ['--pids-limit', `${processes}`] : []),
    ...(holds.memory && memory !== undefined ? ['--memory', `${memory}`, '--memory-swap', `${memory}`] : []),
    ...(holds.cpu && ceilings ? ['--cpus', `${Math.max(ceilings.cpuPercent, 1) / 100}`] : []),
  ];
}

/**
 * One bind. Not recursive: what else is mounted below the folder would stay writable, so it is not shown. The value
 * is a line of CSV.
 */
function mountOption(from: string, to: string, writable: boolean): string {
  const fields = ['type=bind', 'bind-nonrecursive', `src=${from}`, `dst=${to}`, ...(writable ? [] : ['ro'])];
  return fields.map(field => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

import type { SandboxPolicy } from '../port.ts';

/** What the argument list depends on besides the policy. */
export interface BubblewrapSetting {
  /** Descriptor, as bubblewrap inherits it, that the seccomp program is read from. */
  readonly seccompFd: number;
  /** Descriptor bubblewrap reports the child's process id and exit code on. */
  readonly statusFd: number;
  /** Granted path → an open descriptor of it; a path that is missing here is bound by its name. */
  readonly grantFds: ReadonlyMap<string, number>;
  /** The user and group seen inside; `undefined` keeps the caller's. */
  readonly innerId: number | undefined;
  /** Files and folders of `/proc` to cover. */
  readonly maskedFiles: readonly string[];
  readonly maskedFolders: readonly string[];
  /** Whether this bubblewrap knows `--disable-userns` (0.8). The seccomp filter refuses user namespaces as well. */
  readonly disablesUserNamespaces: boolean;
}

/**
 * The options of bubblewrap for a policy, without the command. Pure.
 *
 * Order matters: bubblewrap carries mounts out as they are listed, so a folder comes before what lies within it, and
 * the root becomes read-only last.
 */
export function bubblewrapArguments(policy: SandboxPolicy, setting: BubblewrapSetting): string[] {
  // Both would put the program into a second user namespace, within the one that owns its network: nobody but root
  // could then enter the network. The seccomp filter refuses user namespaces in any case.
  const isEntered = policy.network === 'entered';
  const list = [
    ...['--unshare-user', '--unshare-all'],
    ...(policy.network === 'shared' ? ['--share-net'] : []),
    ...(setting.disablesUserNamespaces && !isEntered ? ['--disable-userns'] : []),
    ...(setting.innerId === undefined ? [] : ['--uid', `${setting.innerId}`, '--gid', `${setting.innerId}`]),
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--cap-drop', 'ALL', '--clearenv'],
    ...Object.entries(policy.env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--hostname', policy.name],
    // A plugin started by root would otherwise own /proc/sys, whatever its capabilities.
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...setting.maskedFiles.flatMap(path => ['--ro-bind', '/dev/null', path]),
    ...setting.maskedFolders.flatMap(path => ['--size', '4096', '--tmpfs', path, '--remount-ro', path]),
    ...(isEntered ? plainDevices : ['--dev', '/dev']),
    ...['--size', `${policy.tmpBytes}`, '--tmpfs', '/tmp'],
    ...bindsOf(policy).flatMap(bind => bindArguments(bind, setting.grantFds)),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', policy.pluginDir],
    ...['--seccomp', `${setting.seccompFd}`, '--json-status-fd', `${setting.statusFd}`],
  ];
  // Options travel separated by NUL; a value that holds one would smuggle in an option of its own.
  const bad = [...list, ...policy.command].find(value => value.includes('\0'));
  if (bad !== undefined)
    throw new Error(`A sandbox argument contains a NUL character: ${JSON.stringify(bad)}`);
  return list;
}

/** What `--dev` makes, but for terminals. */
const plainDevices = [
  ...['--size', '4096', '--tmpfs', '/dev'],
  ...['null', 'zero', 'full', 'random', 'urandom'].flatMap(name => [
    '--dev-bind',
    `/dev/${name}`,
    `/dev/${name}`,
  ]),
  ...['fd', 'stdin', 'stdout', 'stderr'].flatMap((name, index) => [
    '--symlink',
    index === 0 ? '/proc/self/fd' : `/proc/self/fd/${index - 1}`,
    `/dev/${name}`,
  ]),
  ...['--dir', '/dev/shm'],
];

/** One folder or file that shows up inside. */
export interface Bind {
  readonly from: string;
  readonly to: string;
  readonly writable: boolean;
  /** Given by the manifest: a plugin may have been able to change what is there. */
  readonly granted: boolean;
}

/** Every bind of a policy in the order to mount it: the outer before the inner; at one place the stricter wins. */
export function bindsOf(policy: SandboxPolicy): Bind[] {
  const own = (from: string, to = from, writable = false): Bind => ({ from, to, writable, granted: false });
  const granted = (path: string, writable: boolean): Bind => ({
    from: path,
    to: path,
    writable,
    granted: true,
  });
  const all = [
    own(policy.pluginDir),
    ...policy.readOnly.map(path => granted(path, false)),
    ...policy.readWrite.map(path => granted(path, true)),
    ...policy.runtimePaths.map(path => own(path)),
    ...policy.mounts.map(({ from, to, writable }) => own(from, to, writable)),
  ];
  const byPlace = new Map(all.map(bind => [bind.to, bind]));
  return [...byPlace.values()].sort((a, b) => depthOf(a.to) - depthOf(b.to));
}

function bindArguments(bind: Bind, grantFds: ReadonlyMap<string, number>): string[] {
  const option = bind.writable ? '--bind' : '--ro-bind';
  const fd = bind.granted ? grantFds.get(bind.from) : undefined;
  return fd === undefined ? [option, bind.from, bind.to] : [`${option}-fd`, `${fd}`, bind.to];
}

function depthOf(path: string): number {
  return path.split('/').filter(part => part !== '').length;
}

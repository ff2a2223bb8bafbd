/** The processor architectures the filter knows, in Node's words. */
export type Architecture = 'x64' | 'arm64';

/** `AUDIT_ARCH_*` of linux/audit.h: what the kernel reports for a native call. */
export const auditArchitecture: Readonly<Record<Architecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

/**
 * System calls no plugin needs, by name: number on x86-64, number on arm64; `undefined` where it does not exist.
 * Numbers: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
 */
export const forbiddenSyscalls: Readonly<Record<string, readonly [number | undefined, number | undefined]>> =
  {
    // Looking into or steering other processes.
    ptrace: [101, 117],
    process_vm_readv: [310, 270],
    process_vm_writev: [311, 271],
    process_madvise: [440, 440],
    pidfd_getfd: [438, 438],
    kcmp: [312, 272],
    // New namespaces, and the mounts that would be made in them.
    unshare: [272, 97],
    setns: [308, 268],
    mount: [165, 40],
    umount2: [166, 39],
    pivot_root: [155, 41],
    chroot: [161, 51],
    open_tree: [428, 428],
    move_mount: [429, 429],
    fsopen: [430, 430],
    fsconfig: [431, 431],
    fsmount: [432, 432],
    fspick: [433, 433],
    mount_setattr: [442, 442],
    statmount: [457, 457],
    listmount: [458, 458],
    open_by_handle_at: [304, 265],
    fanotify_init: [300, 262],
    // Kernel interfaces with a long record of privilege escalations.
    io_uring_setup: [425, 425],
    io_uring_enter: [426, 426],
    io_uring_register: [427, 427],
    userfaultfd: [323, 282],
    bpf: [321, 280],
    perf_event_open: [298, 241],
    modify_ldt: [154, undefined],
    uselib: [134, undefined],
    vhangup: [153, 58],
    lookup_dcookie: [212, 18],
    // Keyrings are not namespaced.
    add_key: [248, 217],
    request_key: [249, 218],
    keyctl: [250, 219],
    // Memory that counts for no process, so that no limit would see it.
    memfd_create: [319, 279],
    memfd_secret: [447, 447],
    shmget: [29, 194],
    // Placement of pages in other processes.
    migrate_pages: [256, 238],
    move_pages: [279, 239],
    // The machine itself.
    init_module: [175, 105],
    finit_module: [313, 273],
    delete_module: [176, 106],
    kexec_load: [246, 104],
    kexec_file_load: [320, 294],
    reboot: [169, 142],
    swapon: [167, 224],
    swapoff: [168, 225],
    acct: [163, 89],
    quotactl: [179, 60],
    quotactl_fd: [443, 443],
    syslog: [103, 116],
    settimeofday: [164, 170],
    clock_settime: [227, 112],
    clock_adjtime: [305, 266],
    adjtimex: [159, 171],
    sethostname: [170, 161],
    setdomainname: [171, 162],
    iopl: [172, undefined],
    ioperm: [173, undefined],
    nfsservctl: [180, 42],
  };

/** System calls that are judged by their arguments, same columns. */
export const judgedSyscalls = {
  socket: [41, 198],
  socketpair: [53, 199],
  clone: [56, 220],
  clone3: [435, 435],
  ioctl: [16, 29],
  personality: [135, 92],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** System calls with which a process leaves its group, steers its neighbours, or gets at the network at all. */
export const reducedSyscalls: Readonly<Record<string, readonly [number | undefined, number | undefined]>> = {
  setsid: [112, 157],
  setpgid: [109, 154],
  socket: [41, 198],
  setpriority: [141, 140],
  ioprio_set: [251, 30],
  sched_setscheduler: [144, 119],
  sched_setparam: [142, 118],
  sched_setattr: [314, 274],
  pidfd_open: [434, 434],
  pidfd_send_signal: [424, 424],
};

/** The newest call that was looked at (removexattrat, Linux 6.13); what comes later does not exist for a plugin. */
export const newestKnownSyscall = 466;

/** On x86-64, calls of the x32 ABI carry this bit and would slip past every comparison. */
export const x32Bit = 0x40000000;

/** The number of a call on an architecture. */
export function numberOn<T>(architecture: Architecture, columns: readonly [T, T]): T {
  return architecture === 'x64' ? columns[0] : columns[1];
}

/** Values of system call arguments that the filters compare with; from the kernel's uapi headers. */

/** AF_UNIX, AF_INET, AF_INET6. */
export const unix = 1;
export const inet = 2;
export const inet6 = 10;
/** SOCK_STREAM, SOCK_SEQPACKET. */
export const streamSocket = 1;
export const sequencedSocket = 5;
/** SOCK_CLOEXEC and SOCK_NONBLOCK share the word with the type. */
export const socketTypeBits = 0xf;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
export const namespaceFlags = 0x7e020000;
/** Both push characters into a terminal as if they had been typed. */
export const terminalInjection = { TIOCSTI: 0x5412, TIOCLINUX: 0x541c };
export const linuxPersonality = 0;
export const queryPersonality = 0xffffffff;

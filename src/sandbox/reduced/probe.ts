import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Architecture, filterArchitecture } from '../seccomp/index.ts';

/** What confining without namespaces needs, and is there. */
export interface ReducedInstallation {
  /** Absolute path. */
  readonly perl: string;
  readonly prlimit: string;
  readonly architecture: Architecture;
  /** The version of Landlock's interface. */
  readonly abi: number;
}

/** Before this (Linux 6.2) a file that may not be written could still be truncated. */
const oldestAbi = 3;

const run = promisify(execFile);

/** Tries Landlock; `undefined` where it, or a program needed to use it, is missing. */
export async function probeReduced(): Promise<ReducedInstallation | undefined> {
  const architecture = filterArchitecture(process.arch);
  const perl = ['/usr/bin/perl', '/bin/perl'].find(existsSync);
  const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find(existsSync);
  if (process.platform !== 'linux' || architecture === undefined) return undefined;
  if (perl === undefined || prlimit === undefined) return undefined;
  try {
    const { stdout } = await run(perl, ['-e', 'print syscall(444, 0, 0, 1)'], { env: {}, cwd: '/' });
    const abi = Number(stdout);
    return abi >= oldestAbi ? { perl, prlimit, architecture, abi } : undefined;
  } catch {
    return undefined;
  }
}

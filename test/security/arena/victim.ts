import { spawn } from 'node:child_process';

const nobody = 65534;

/** A process of the very user the plugin runs as, which only the sandbox protects from it. */
export interface Victim {
  readonly pid: number;
  isAlive(): boolean;
  end(): void;
}

/** Starts it; its environment holds the secret. */
export function startVictim(secret: string): Victim {
  const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  // It waits for input that never comes, and ends with this process, whatever becomes of that.
  const child = spawn('/bin/cat', [], {
    env: { SECRET: secret },
    stdio: ['pipe', 'ignore', 'ignore'],
    ...asNobody,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The process to be attacked did not start.');
  return {
    pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    end: () => child.kill('SIGKILL'),
  };
}

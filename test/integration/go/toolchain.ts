import { execFileSync } from 'node:child_process';

/** Why tests that build with Go are skipped; false when they are not. */
export const goIsMissing: string | false = (() => {
  if (process.platform !== 'linux') return 'The sandbox is for Linux.';
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'Go is not installed.';
  }
})();

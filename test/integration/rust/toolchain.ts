import { execFileSync } from 'node:child_process';

/** Why tests that build with Rust are skipped; false when they are not. */
export const rustIsMissing: string | false = (() => {
  if (process.platform !== 'linux') return 'The sandbox is for Linux.';
  try {
    execFileSync('cargo', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'Rust is not installed.';
  }
})();

import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const folder = path.join(import.meta.dirname, 'bare');

/** A program that echoes on descriptor 3 without the workbench, in the language of a plugin. */
export interface BareProgram {
  readonly command: readonly string[];
  dispose(): Promise<void>;
}

/** Node itself with the echo, which everything that has no language of its own is compared with. */
export const bareNode: readonly string[] = [process.execPath, path.join(folder, 'echo.cjs')];

/**
 * The echo in a language, built with the user's own toolchain as the workbench builds plugins: Go as it comes, Rust
 * without optimisation.
 */
export async function createBareProgram(language: string): Promise<BareProgram> {
  if (language === 'node') return { command: bareNode, dispose: async () => {} };
  if (language === 'python') {
    const command = [interpreterOf('python3'), '-I', '-S', path.join(folder, 'echo.py')];
    return { command, dispose: async () => {} };
  }
  const out = await mkdtemp(path.join(tmpdir(), 'plugin-workbench-bare-'));
  const program = path.join(out, 'echo');
  const [compiler, ...args] =
    language === 'go'
      ? ['go', 'build', '-o', program, path.join(folder, 'echo.go')]
      : ['rustc', '-C', 'debuginfo=line-tables-only', '-o', program, path.join(folder, 'echo.rs')];
  await promisify(execFile)(compiler as string, args, {
    env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  });
  return { command: [program], dispose: () => rm(out, { recursive: true, force: true }) };
}

/** The interpreter itself, not the program of a version manager that starts it. */
function interpreterOf(command: string): string {
  const ask = 'import sys; print(sys.executable)';
  return execFileSync(command, ['-c', ask], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

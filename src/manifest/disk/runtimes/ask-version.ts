import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import semver from 'semver';
import type { RuntimeProgram } from './programs.ts';

/** How a program is run. */
export interface ProgramRun {
  /** The value of PATH. */
  readonly path: string;
  /** How long it may take, in milliseconds; then it is killed. */
  readonly timeLimitMs: number;
}

const maxAnswerBytes = 64 * 1024;

/**
 * Asks a program for its version, without a shell. Never rejects.
 *
 * @returns semver; `undefined` when it fails, takes too long, or says nothing that reads like a version
 */
export async function askVersion(
  file: string,
  { args, hadLeadingOne = false }: RuntimeProgram,
  { path, timeLimitMs }: ProgramRun,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const home = homedir();
  const answer = await new Promise<string | undefined>(resolve => {
    const options = {
      // Version managers answer for the folder they are started in; plugins are started with the user's own default.
      cwd: home,
      env: environment(path, home),
      timeout: timeLimitMs,
      killSignal: 'SIGKILL' as const,
      maxBuffer: maxAnswerBytes,
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    };
    try {
      // Java answers on the error stream.
      const child = execFile(file, [...args], options, (error, out, complaint) =>
        resolve(error === null ? `${out}\n${complaint}` : undefined),
      );
      child.stdin?.end();
    } catch {
      resolve(undefined);
    }
  });
  const version = answer === undefined ? undefined : versionIn(answer);
  const older = hadLeadingOne ? /^1\.(.+)$/u.exec(version ?? '')?.[1] : undefined;
  return older === undefined ? version : semver.coerce(older)?.version;
}

/** Nothing of the user's environment that could load code into the program, or print. */
function environment(path: string, home: string): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return {
    PATH: path,
    HOME: home,
    ...(process.platform === 'win32' ? { USERPROFILE: home, SystemRoot } : {}),
    // Asking must not make a tool chain be downloaded.
    GOTOOLCHAIN: 'local',
    RUSTUP_AUTO_INSTALL: '0',
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
  };
}

/** The first version in a text such as `Python 3.11.2`, `go version go1.21 linux/amd64`, `openjdk version "17"`. */
function versionIn(text: string): string | undefined {
  const numbers = /(?<![\d.])\d+\.\d+(?:\.\d+)?|(?<=version ")\d+/u.exec(text)?.[0];
  return numbers === undefined ? undefined : semver.coerce(numbers)?.version;
}

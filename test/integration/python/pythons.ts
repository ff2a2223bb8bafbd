import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A Python to try; `skip` says why there is none. */
export interface PythonUnderTest {
  readonly title: string;
  /** Absolute path of the interpreter, or what says it is missing. */
  readonly path: string;
  /** 3.`minor`. */
  readonly minor: number;
  readonly skip: string | false;
}

/** The Pythons of this machine that plugins can run on: the first on PATH, and the oldest and newest of pyenv. */
export function findPythons(): PythonUnderTest[] {
  const versions = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  const managed = list(versions).map(name => path.join(versions, name, 'bin', 'python3'));
  const known = ['python3', ...managed].map(ask).filter(one => one !== undefined && one.minor >= 9);
  const byVersion = [...new Map(known.map(one => [one?.minor, one])).values()]
    .filter(one => one !== undefined)
    .sort((a, b) => a.minor - b.minor);
  const chosen = new Set([byVersion[0], ask('python3'), byVersion.at(-1)]);
  const found = [...new Map([...chosen].map(one => [one?.path, one])).values()].filter(
    one => one !== undefined && one.minor >= 9,
  ) as PythonUnderTest[];
  if (found.length > 0) return found;
  return [{ title: 'Python', path: '', minor: 0, skip: 'no Python of at least 3.9 is installed' }];
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function ask(program: string): PythonUnderTest | undefined {
  try {
    const script = 'import sys; print(sys.executable); print(sys.version_info[1])';
    const [file = '', minor = ''] = execFileSync(program, ['-I', '-c', script], { encoding: 'utf8' }).split(
      '\n',
    );
    return { title: `Python 3.${minor}`, path: file, minor: Number(minor), skip: false };
  } catch {
    return undefined;
  }
}

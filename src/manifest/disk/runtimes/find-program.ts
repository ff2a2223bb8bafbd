import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';

/** Where programs are looked for. */
export interface ProgramSearch {
  /** The value of PATH. */
  readonly path: string;
  /** Absolute paths of folders whose programs are never run: they come with what somebody else wrote. */
  readonly untrusted: readonly string[];
  readonly platform: NodeJS.Platform;
}

/** A program on PATH; `refused` when there is one that must not be run. */
export type FoundProgram = { readonly file: string } | 'refused' | undefined;

/**
 * The first program of a name on PATH. Entries that are not absolute don't count: they would mean whatever folder the
 * process is in. A program in an untrusted folder, or a link into one, is refused and not passed over: it is what would
 * run, so that another one's version would be the wrong answer.
 */
export async function findProgram(name: string, search: ProgramSearch): Promise<FoundProgram> {
  const { path, platform } = search;
  const untrusted = await Promise.all(search.untrusted.map(resolved));
  const fileName = platform === 'win32' ? `${name}.exe` : name;
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, fileName);
    if (!(await isProgram(file))) continue;
    const places = [file, await resolved(folder), await resolved(file)];
    const isUntrusted = [...search.untrusted, ...untrusted].some(outside =>
      places.some(place => isWithin(place, outside)),
    );
    // Without Apple's developer tools those are stand-ins, which open a window that offers to install them.
    const isStandIn = platform === 'darwin' && folder === '/usr/bin';
    return isUntrusted || isStandIn ? 'refused' : { file };
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function resolved(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

function isWithin(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between === '' || (between.split(sep)[0] !== '..' && !isAbsolute(between));
}

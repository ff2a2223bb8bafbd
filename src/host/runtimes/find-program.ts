import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import { isWithin } from '../process/grants.ts';

/** What program is looked for, and on whose behalf. */
export interface ProgramSearch {
  /** What people call it: `Node.js`. */
  readonly title: string;
  /** The names it may have on PATH, the best first: `['python3', 'python']`. */
  readonly names: readonly string[];
  /** The user's choice: an absolute file, or a command on PATH. */
  readonly chosen?: string | undefined;
  /** The environment of the user, for PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Real path of the plugin's folder: nothing from it is ever run. */
  readonly pluginDir: string;
}

/** A program that may be run. It may be a version manager's shim of the one that is meant. */
export interface FoundProgram {
  readonly file: string;
  /** Where it was found, for people: `setting` or `PATH`. */
  readonly source: string;
}

/**
 * The user's choice of a program, else the first on PATH that doesn't come from the plugin's folder; `undefined` when
 * nothing was chosen and PATH has none.
 *
 * @throws WorkbenchError `PW-RUNTIME-MISSING` when what was chosen can't be run, `PW-RUNTIME-IN-WORKSPACE`
 */
export async function findProgram(search: ProgramSearch): Promise<FoundProgram | undefined> {
  const { title, names, chosen, pluginDir } = search;
  if (chosen) {
    const file = isAbsolute(chosen) ? chosen : await findOnPath(chosen, search);
    if (file !== undefined && (await isExecutable(file))) {
      await refuseWithin(pluginDir, file, title);
      return { file, source: 'setting' };
    }
    throw new WorkbenchError(
      'PW-RUNTIME-MISSING',
      `The chosen ${title} "${chosen}" is not an executable file.`,
      { nextStep: `Correct the path of ${title} in the settings, or clear it to use the one on PATH.` },
    );
  }
  for (const name of names) {
    const file = await findOnPath(name, search);
    if (file !== undefined) return { file, source: 'PATH' };
  }
  return undefined;
}

/** The first executable of that name on PATH, if any, that neither lies in the plugin's folder nor leads into it. */
export async function findOnPath(
  name: string,
  { env, pluginDir }: Pick<ProgramSearch, 'env' | 'pluginDir'>,
): Promise<string | undefined> {
  for (const dir of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(dir)) continue;
    const file = join(dir, name);
    if (!(await isExecutable(file)) || isWithin(pluginDir, file)) continue;
    if (!isWithin(pluginDir, await realpath(file))) return file;
  }
  return undefined;
}

/** @throws WorkbenchError `PW-RUNTIME-IN-WORKSPACE` when the file lies in the plugin's folder or leads into it */
export async function refuseWithin(pluginDir: string, file: string, title: string): Promise<void> {
  if (!isWithin(pluginDir, file) && !isWithin(pluginDir, await realpath(file))) return;
  throw new WorkbenchError('PW-RUNTIME-IN-WORKSPACE', `${file} lies in the plugin's folder and is not run.`, {
    nextStep: `Choose a ${title} that is installed outside the folders you open.`,
  });
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

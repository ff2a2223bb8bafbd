import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, resolve } from 'node:path';
import semver from 'semver';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { isWithin } from '../process/grants.ts';
import { type FoundProgram, findProgram, refuseWithin } from './find-program.ts';
import { type PythonProbe, probePython } from './python-probe.ts';
import { baseInterpreters, findVirtualEnvironment, packagesOf, type VirtualEnvironment } from './venv.ts';

/** A Python that can run plugins. */
export interface PythonRuntime extends PythonProbe {
  /** The packages of the plugin's virtual environment. */
  readonly packages: string | undefined;
  /** True when the plugin has a virtual environment, which then decides about its packages. */
  readonly hasEnvironment: boolean;
  /** Such as `python 3.11.7 (PATH: /usr/bin/python3)`. */
  readonly description: string;
}

/** Finds the Python to run a plugin with. */
export interface PythonFinder {
  /**
   * The user's choice, else the interpreter that the plugin's virtual environment was made with, else the first on PATH.
   * What an interpreter says is remembered by real path and modification time.
   *
   * @param range the manifest's semver range
   * @throws WorkbenchError `PW-RUNTIME-MISSING`, `PW-RUNTIME-VERSION`, `PW-RUNTIME-IN-WORKSPACE`
   */
  find(pluginDir: string, range: string | undefined): Promise<PythonRuntime>;
}

/** Where a {@link PythonFinder} looks. */
export interface PythonFinderOptions {
  /** The user's choice; a file or a command on PATH. */
  readonly pythonPath?: string | undefined;
  /** The environment of the user, for PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The oldest Python the SDK runs on. */
export const OLDEST_PYTHON = '3.9.0';

const title = 'Python';

/** Makes a finder with an empty memory. */
export function createPythonFinder({ pythonPath, env }: PythonFinderOptions): PythonFinder {
  const probes = new Map<string, Promise<PythonProbe>>();

  async function probe(file: string): Promise<PythonProbe> {
    const real = await realpath(file);
    const { mtimeMs } = await stat(real);
    const key = `${file}\0${real}\0${mtimeMs}`;
    const known = probes.get(key) ?? probePython(file, env);
    probes.set(key, known);
    known.catch(() => probes.delete(key));
    return known;
  }

  async function choose(pluginDir: string, venv: VirtualEnvironment | undefined): Promise<FoundProgram> {
    const chosen = pythonPath || undefined;
    if (chosen === undefined && venv !== undefined) {
      for (const file of baseInterpreters(venv)) {
        const real = await realpath(file).catch(() => undefined);
        if (real === undefined) continue;
        await refuseWithin(pluginDir, file, title);
        if (isInstalled(real, env)) return { file: real, source: 'virtual environment' };
      }
    }
    const found = await findProgram({ title, names: ['python3', 'python'], chosen, env, pluginDir });
    if (found) return found;
    throw new WorkbenchError('PW-RUNTIME-MISSING', 'The plugin is written in Python, which was not found.', {
      nextStep:
        'Install Python 3.9 or newer (https://www.python.org/downloads/) and put it on PATH, or name its path in the settings.',
    });
  }

  return {
    find: async (pluginDir, range) => {
      const venv = await findVirtualEnvironment(pluginDir);
      const candidate = await choose(pluginDir, venv);
      const found = await probe(candidate.file).catch(error => {
        throw new WorkbenchError(
          'PW-RUNTIME-MISSING',
          `${candidate.file} is no Python 3: ${messageOf(error)}`,
          { nextStep: 'Choose another Python in the settings, or put one on PATH.', cause: error },
        );
      });
      await refuseWithin(pluginDir, found.execPath, title);
      for (const needed of found.runtimePaths) {
        if (isWithin(pluginDir, needed)) await refuseWithin(pluginDir, needed, title);
      }
      checkVersion(found, range);
      const via = candidate.file === found.execPath ? '' : ` → ${found.execPath}`;
      return {
        ...found,
        packages: venv ? await packagesOf(venv, found.version) : undefined,
        hasEnvironment: venv !== undefined,
        description: `python ${found.version} (${candidate.source}: ${candidate.file}${via})`,
      };
    },
  };
}

/** Where programs are installed by the system and by version managers, relative to the user's home where not absolute. */
const installed = [
  '/usr',
  '/opt',
  '/nix/store',
  '.pyenv',
  '.asdf',
  '.local/share',
  '.local/bin',
  'miniconda3',
];

/**
 * True for a program where people install programs. A plugin names the interpreter of its virtual environment, and must
 * not have any file of this machine run outside the sandbox.
 */
function isInstalled(file: string, env: PythonFinderOptions['env']): boolean {
  const onPath = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const roots = [env['PYENV_ROOT'], env['CONDA_PREFIX']].filter(root => root !== undefined);
  return [...onPath, ...roots, ...installed.map(folder => resolve(homedir(), folder))].some(folder =>
    isWithin(folder, file),
  );
}

function checkVersion(found: PythonProbe, range: string | undefined): void {
  const wanted = range !== undefined && semver.validRange(range) ? range : '*';
  const tooOld = semver.lt(found.version, OLDEST_PYTHON);
  if (!tooOld && semver.satisfies(found.version, wanted, { includePrerelease: true })) return;
  const needs = tooOld
    ? `plugins need ${OLDEST_PYTHON} or newer`
    : `the plugin's manifest asks for ${wanted}`;
  throw new WorkbenchError(
    'PW-RUNTIME-VERSION',
    `${found.execPath} is Python ${found.version}, but ${needs}.`,
    {
      nextStep:
        'Install a Python of that version, and choose it in the settings, make a virtual environment with it or put it first on PATH.',
      details: { found: found.version, wanted },
    },
  );
}

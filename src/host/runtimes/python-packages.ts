import { createHash } from 'node:crypto';
import { lstat, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { WorkbenchError } from '../../base/index.ts';
import { type BuildOutcome, type Builds, buildFailed } from '../builds/index.ts';
import type { PrepareRequest } from './port.ts';
import type { PythonRuntime } from './python.ts';
import { type Requirements, readRequirements } from './python-requirements.ts';

/** Installing wheels takes seconds; a large set over a slow line, minutes. */
const DEADLINE_MS = 15 * 60_000;

/** Changes when packages are installed in another way, so that folders from before are not taken for current. */
const RECIPE = 1;

/** What an installation is made from. */
export interface PackagesInput {
  readonly builds: Builds;
  readonly python: PythonRuntime;
  readonly request: PrepareRequest;
}

/**
 * Installs what the plugin's `requirements.txt` asks for into a folder of the workbench, unless it is there already.
 * Only wheels are installed: no code of a package runs for that.
 *
 * @returns the absolute folder of the packages; `undefined` when the plugin requires none
 * @throws WorkbenchError `PW-REQUIREMENTS`, `PW-BUILD-FAILED`; the reason of `signal`
 */
export async function installRequirements(
  input: PackagesInput,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { builds, request } = input;
  const { source } = request;
  const requirements = await readRequirements(source.dir);
  if (requirements === undefined) return undefined;
  return builds.exclusively(source.dir, () => install(input, requirements, signal), signal);
}

async function install(
  { builds, python, request }: PackagesInput,
  requirements: Requirements,
  signal: AbortSignal,
): Promise<string> {
  const { source, confined, onLog } = request;
  const folders = await builds.foldersFor('python', source.dir);
  const state = [RECIPE, python.execPath, python.version, requirements.text].join('\0');
  const key = createHash('sha256').update(state).digest('hex').slice(0, 32);
  const installed = path.join(folders.made, key);
  if (await isFolder(installed)) return installed;

  onLog('host', 'info', `Installing ${requirements.packages.map(({ name }) => name).join(', ')}…`);
  const target = path.join(folders.work, key);
  await rm(target, { recursive: true, force: true });
  const access = await builds.registryEnvironment('python');
  const flags = [
    '--no-input',
    '--no-color',
    '--disable-pip-version-check',
    '--no-compile',
    '--progress-bar=off',
  ];
  const outcome = await builds.run(
    {
      tool: 'pip install',
      pluginId: source.manifest.id,
      pluginDir: source.dir,
      command: [
        ...[python.execPath, '-I', '-B', '-X', 'utf8', '-m', 'pip', 'install', ...flags],
        ...['--only-binary', ':all:', '--cache-dir', path.join(folders.shared, 'pip')],
        ...['--target', target, '-r', requirements.file],
      ],
      // What the system has is there for every step.
      readOnly: [
        ...python.runtimePaths.filter(file => !/^\/(usr|lib\w*|etc)\//.test(file)),
        ...access.readOnly,
      ],
      readWrite: [folders.shared, folders.work],
      env: { ...access.env, TMPDIR: folders.work },
      network: 'shared',
      confined,
      deadline: DEADLINE_MS,
      onLine: (_, line) => onLog('host', 'info', line),
    },
    signal,
  );
  if (outcome.code !== 0) throw failure(outcome, requirements);
  if (!(await isFolder(target))) throw failure({ ...outcome, stderr: 'pip installed nothing' }, requirements);
  await rename(target, installed);
  return installed;
}

/** A link is none: it could lead anywhere. */
async function isFolder(folder: string): Promise<boolean> {
  return lstat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
}

function failure({ stderr, stdout }: BuildOutcome, { file, packages }: Requirements): WorkbenchError {
  const lines = `${stdout}\n${stderr}`.split('\n');
  if (lines.some(line => /No module named '?pip\b/.test(line))) {
    return buildFailed(
      'pip install',
      [{ message: 'this Python has no pip', location: { file, line: 1, column: 1 } }],
      'Install pip for it (python3 -m ensurepip, or the package python3-pip), or make a virtual environment in the plugin’s folder.',
    );
  }
  const errors = lines.flatMap(line => /^\s*ERROR: (.+)$/.exec(line)?.[1] ?? []);
  const messages =
    errors.length > 0 ? errors : [lines.findLast(line => line.trim() !== '') ?? 'it gave no reason'];
  const problems = messages.map(message => {
    // "…satisfies the requirement NAME==1", "No matching distribution found for NAME==1".
    const blamed = [...message.matchAll(/\b(?:requirement|for) ([A-Za-z0-9][\w.-]*)/g)].map(
      match => match[1],
    );
    const named = packages.find(({ name }) => blamed.some(one => normal(one) === normal(name)));
    return { message, location: { file, line: named?.line ?? 1, column: 1 } };
  });
  return buildFailed(
    'pip install',
    problems,
    'Correct requirements.txt. Where a package has no wheel for this machine, make a virtual environment in the plugin’s folder and install it there.',
  );
}

/** Registries take names for the same that differ in case and in these marks. */
function normal(name: string | undefined): string | undefined {
  return name?.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

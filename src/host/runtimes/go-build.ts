import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WorkbenchError } from '../../base/index.ts';
import {
  type BuildFolders,
  type BuildOutcome,
  type BuildStep,
  type Builds,
  buildFailed,
  fingerprintFolders,
} from '../builds/index.ts';
import type { GoToolchain } from './go.ts';
import {
  checkLanguage,
  findModule,
  type GoModule,
  generateModule,
  moduleEdits,
  needsDownload,
} from './go-module.ts';
import { readGoProblems } from './go-problems.ts';
import type { PrepareRequest } from './port.ts';

/** What a build is made from. */
export interface GoBuildInput {
  readonly builds: Builds;
  readonly go: GoToolchain;
  /** Absolute folder of the SDK. */
  readonly sdkDir: string;
  readonly request: PrepareRequest;
}

/** Changes when builds are made in another way, so that results from before are not taken for current. */
const RECIPE = 2;

/**
 * Builds the package of a plugin's entry, unless nothing has changed since it was built. No code of the plugin or of
 * a module it requires runs for that: cgo is off, and generators are not called.
 *
 * @returns the absolute path of the program, static and for this machine
 * @throws WorkbenchError `PW-BUILD-FAILED`, `PW-RUNTIME-VERSION`; the reason of `signal`
 */
export async function buildGo(input: GoBuildInput, signal: AbortSignal): Promise<string> {
  const { builds, go, request, sdkDir } = input;
  const { source, onLog } = request;
  const module = findModule(source.dir, source.entry);
  checkLanguage(module, go);
  const folders = await builds.foldersFor('go', source.dir);
  const program = path.join(folders.made, 'plugin');
  const stamp = path.join(folders.made, 'built');
  const state = [
    `recipe ${RECIPE}`,
    `${go.command} ${go.version} ${go.flags.join(' ')}`,
    `${module.root} ${module.package}`,
    fingerprintFolders([source.dir, sdkDir]),
  ].join('\n');
  if (existsSync(program) && (await readIfThere(stamp)) === state) return program;

  const begun = performance.now();
  onLog('host', 'info', `Building with Go ${go.version}…`);
  const run = (step: Partial<BuildStep> & Pick<BuildStep, 'command'>): Promise<BuildOutcome> =>
    builds.run({ ...commonStep(input, folders), ...step }, signal);
  const overlay = await writeOverlay(module, folders, input, run);
  const download = await downloadModules(module, folders, input, overlay, run);

  const output = path.join(folders.work, 'plugin');
  const flags = ['-mod=readonly', `-overlay=${overlay}`, '-buildvcs=false', '-gcflags=-e', ...go.flags];
  const outcome = await run({
    tool: 'go build',
    command: [go.command, 'build', '-C', module.root, ...flags, '-o', output, module.package],
  });
  if (outcome.code !== 0) throw failure(outcome, module, folders, download);
  await refuseLibrary(output, source.entry);
  await builds.take(output, program);
  await replaceFile(stamp, state);
  onLog('host', 'info', `Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return program;
}

type Run = (step: Partial<BuildStep> & Pick<BuildStep, 'command'>) => Promise<BuildOutcome>;

function commonStep({ go, sdkDir, request }: GoBuildInput, folders: BuildFolders): BuildStep {
  const { source, confined, onLog } = request;
  return {
    tool: 'go',
    pluginId: source.manifest.id,
    pluginDir: source.dir,
    command: [],
    readOnly: [go.root, sdkDir, folders.made],
    // No step runs code of the plugin, so all plugins can share what was downloaded and compiled.
    readWrite: [folders.shared, folders.work],
    env: {
      GOROOT: go.root,
      GOPATH: path.join(folders.shared, 'path'),
      GOMODCACHE: path.join(folders.shared, 'modules'),
      GOCACHE: path.join(folders.shared, 'build'),
      GOENV: 'off',
      GOFLAGS: '',
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
      GOTELEMETRY: 'off',
      CGO_ENABLED: '0',
      GOPROXY: 'off',
      GOSUMDB: 'off',
      TMPDIR: folders.work,
    },
    network: 'none',
    confined,
    onLine: (_, line) => onLog('host', 'info', line),
  };
}

/**
 * Lays a go.mod that knows the SDK over the plugin's own, which stays as it is.
 *
 * @returns the file for `-overlay`
 */
async function writeOverlay(
  module: GoModule,
  folders: BuildFolders,
  { go, sdkDir, request }: GoBuildInput,
  run: Run,
): Promise<string> {
  const text = module.text ?? generateModule(request.source.manifest.id, go);
  const copy = path.join(folders.made, 'go.mod');
  const overlay = path.join(folders.made, 'overlay.json');
  await replaceFile(copy, text);
  await replaceFile(overlay, JSON.stringify({ Replace: { [path.join(module.root, 'go.mod')]: copy } }));
  const edited = await run({
    tool: 'go mod edit',
    command: [go.command, 'mod', 'edit', '-print', ...moduleEdits(text, sdkDir), copy],
    onLine: () => {},
  });
  if (edited.code !== 0) throw failure(edited, module, folders, undefined);
  await replaceFile(copy, edited.stdout);
  return overlay;
}

/** Fetches what go.mod requires, when that has changed. A failure counts only when the build then fails. */
async function downloadModules(
  module: GoModule,
  folders: BuildFolders,
  { builds, go, sdkDir }: GoBuildInput,
  overlay: string,
  run: Run,
): Promise<BuildOutcome | undefined> {
  if (module.text === undefined || !needsDownload(module.text)) return undefined;
  const sums = await readIfThere(path.join(module.root, 'go.sum'));
  const key = createHash('sha256').update(`${module.text}\0${sums}`).digest('hex');
  const stamp = path.join(folders.made, 'downloaded');
  if ((await readIfThere(stamp)) === key) return undefined;
  const access = await builds.registryEnvironment('go');
  const common = await registryStep(folders, access.env);
  const outcome = await run({
    tool: 'go mod download',
    command: [go.command, 'mod', 'download', '-C', module.root, `-overlay=${overlay}`],
    network: 'shared',
    readOnly: [go.root, sdkDir, folders.made, ...access.readOnly],
    env: { ...common, GOROOT: go.root },
  });
  if (outcome.code === 0) await replaceFile(stamp, key);
  return outcome;
}

async function registryStep(
  folders: BuildFolders,
  access: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  return {
    GOPATH: path.join(folders.shared, 'path'),
    GOMODCACHE: path.join(folders.shared, 'modules'),
    GOCACHE: path.join(folders.shared, 'build'),
    GOENV: 'off',
    GOFLAGS: '-mod=mod',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOTELEMETRY: 'off',
    TMPDIR: folders.work,
    // Programs for version control would read configuration and run what it says.
    GOVCS: '*:off',
    ...access,
  };
}

function failure(
  outcome: BuildOutcome,
  module: GoModule,
  folders: BuildFolders,
  download: BuildOutcome | undefined,
): WorkbenchError {
  const moved = new Map([[path.join(folders.made, 'go.mod'), path.join(module.root, 'go.mod')]]);
  const read = (text: string) => readGoProblems(text, module.root, moved);
  const offline = /GOPROXY=off|cannot find module providing/.test(outcome.stderr);
  const failedDownload = download !== undefined && download.code !== 0;
  const problems =
    offline && failedDownload
      ? [...read(download.stderr), ...read(outcome.stderr)]
      : read(outcome.stderr || outcome.stdout);
  if (/build constraints exclude all Go files/.test(outcome.stderr)) {
    return buildFailed(
      'go build',
      problems,
      'Plugins are built without cgo and for this machine: check build tags, and packages that need cgo.',
    );
  }
  return buildFailed('go build', problems);
}

/** `go build` of a package that is not main leaves a library. */
async function refuseLibrary(output: string, entry: string): Promise<void> {
  const start = (await readFile(output)).subarray(0, 7).toString('latin1');
  if (start !== '!<arch>') return;
  const location = { file: entry, line: 1, column: 1 };
  throw buildFailed('go build', [
    {
      message: 'The entry’s package is a library; a plugin is a “package main” that calls workbench.Run.',
      location,
    },
  ]);
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'latin1').catch(() => '');
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { WorkbenchError } from '../../base/index.ts';
import { type BuildOutcome, buildFailed, fingerprintFolders } from '../builds/index.ts';
import { isWithin } from '../process/grants.ts';
import { fetchCrates } from './rust-crates.ts';
import { type CargoReport, createCargoReport, type RustProgram, readCargoError } from './rust-report.ts';
import { findProject, layOut } from './rust-source.ts';
import {
  type RustBuildInput,
  type RustWorkshop,
  sdkPatch,
  sharedHome,
  toolEnvironment,
} from './rust-workshop.ts';

/** Changes when builds are made in another way, so that results from before are not taken for current. */
const RECIPE = 2;

/**
 * Builds the program of a plugin's entry, unless nothing has changed since it was built. Build scripts and macros,
 * which are code of the plugin and of its crates, run without a network and see nothing but the plugin's folder.
 *
 * @returns the absolute path of the program
 * @throws WorkbenchError `PW-BUILD-FAILED`, `PW-RUNTIME-VERSION`; the reason of `signal`
 */
export async function buildRust(input: RustBuildInput, signal: AbortSignal): Promise<string> {
  const { builds, rust, request, sdkDir } = input;
  const { source, onLog } = request;
  const folders = await builds.foldersFor('rust', source.dir);
  const project = findProject(source.dir, source.entry);
  const program = path.join(folders.made, 'plugin');
  const stamp = path.join(folders.made, 'built');
  const state = [
    `recipe ${RECIPE}`,
    `${rust.cargo} ${rust.rustc} ${rust.version}`,
    `${source.entry} ${JSON.stringify(source.manifest.dependencies.packages ?? [])}`,
    fingerprintFolders([source.dir, sdkDir], ['target']),
  ].join('\n');
  if (existsSync(program) && (await readFile(stamp, 'utf8').catch(() => '')) === state) return program;

  const begun = performance.now();
  onLog('host', 'info', `Building with Rust ${rust.version}…`);
  const laidOut = path.join(folders.made, 'source');
  await layOut(project, laidOut, source.entry, source.manifest);
  const workshop = { ...input, folders, project, laidOut };
  const report = await compile(workshop, signal);
  for (const warning of report.warnings) onLog('host', 'warn', warning.replaceAll(laidOut, project.root));
  const built = chooseProgram(workshop, report.programs);
  if (!isWithin(folders.work, built)) throw new Error(`Cargo built ${built} outside of its folder.`);
  await builds.take(built, program);
  await writeFile(`${stamp}.new`, state);
  await rename(`${stamp}.new`, stamp);
  onLog('host', 'info', `Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return program;
}

/** Compiles; when Cargo can't even begin, it gets what it needs first. */
async function compile(workshop: RustWorkshop, signal: AbortSignal): Promise<CargoReport> {
  await mkdir(sharedHome(workshop), { recursive: true });
  const [outcome, report] = await runCargo(workshop, signal);
  if (outcome.code === 0) return report;
  if (report.hasCompiled) throw failure(workshop, outcome, report);
  const fetched = await fetchCrates(workshop, signal);
  if (fetched.code !== 0) throw failure(workshop, fetched, report);
  const [again, final] = await runCargo(workshop, signal);
  if (again.code !== 0) throw failure(workshop, again, final);
  return final;
}

async function runCargo(
  { builds, rust, sdkDir, request, project, folders, laidOut }: RustWorkshop,
  signal: AbortSignal,
): Promise<[BuildOutcome, CargoReport]> {
  const { source, confined, onLog } = request;
  const report = createCargoReport(laidOut, project.root);
  const access = await builds.registryEnvironment('rust');
  const harmless = Object.entries(access.env).filter(
    ([name, value]) => /^CARGO_(SOURCE|REGISTR)/.test(name) && !value.includes('@'),
  );
  const own = path.join(project.root, '.cargo', 'config.toml');
  const outcome = await builds.run(
    {
      tool: 'cargo build',
      pluginId: source.manifest.id,
      pluginDir: laidOut,
      command: [
        ...[rust.cargo, 'build', '--offline', '--bins', '--message-format=json'],
        ...(existsSync(own) ? ['--config', own] : []),
        ...(await harmlessConfig(access.configFile)),
        ...(await profileOf(laidOut)).flatMap(setting => ['--config', setting]),
        ...['--config', sdkPatch(sdkDir)],
        // So that debuggers and backtraces find the sources where they really are.
        ...[
          '--config',
          `build.rustflags=[${JSON.stringify(`--remap-path-prefix=${laidOut}=${project.root}`)}]`,
        ],
      ],
      readOnly: [...rust.roots, sdkDir, source.dir, folders.made, folders.shared],
      readWrite: [folders.work],
      env: {
        ...Object.fromEntries(harmless),
        ...toolEnvironment(rust),
        CARGO_HOME: sharedHome({ folders }),
        CARGO_TARGET_DIR: path.join(folders.work, 'target'),
        // Where places in its messages are relative to, as seen from the plugin's folder.
        PLUGIN_WORKBENCH_ROOT: path.relative(source.dir, project.root),
      },
      network: 'none',
      confined,
      onLine: (stream, line) => {
        if (stream === 'stdout') report.take(line);
        else if (/^\s+Compiling /.test(line))
          onLog('host', 'info', line.trim().replace(laidOut, project.root));
      },
    },
    signal,
  );
  return [outcome, report];
}

/**
 * How a project is built whose Cargo.toml says nothing about profiles: like every `dev` build without optimisation, for a
 * change is there in under a second then, and takes ten times as long with it; the first build takes three times as
 * long. Places are enough of crates that nobody steps through.
 */
const usualProfile = ['profile.dev.package."*".debug="line-tables-only"'];

async function profileOf(laidOut: string): Promise<readonly string[]> {
  const own = await readFile(path.join(laidOut, 'Cargo.toml'), 'utf8');
  return /^\s*\[\s*profile\b/m.test(own) ? [] : usualProfile;
}

/** Build scripts could read what is in it: addresses with a name and a password stay out. */
async function harmlessConfig(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  return /\/\/[^/\s"']*@/.test(await readFile(file, 'utf8')) ? [] : ['--config', file];
}

function chooseProgram(
  { request, project, laidOut }: RustWorkshop,
  programs: readonly RustProgram[],
): string {
  const { entry } = request.source;
  const start = path.join(laidOut, path.relative(project.root, entry));
  const chosen =
    programs.find(({ source }) => source === start) ?? (programs.length === 1 ? programs[0] : undefined);
  if (chosen !== undefined) return chosen.file;
  const names = programs
    .map(({ source }) => path.relative(laidOut, source))
    .sort()
    .join(', ');
  const message =
    programs.length === 0
      ? 'The project makes no program; a plugin has a src/main.rs that calls plugin_workbench::run.'
      : `The manifest's entry is no program of the project; these are: ${names}.`;
  throw buildFailed('cargo build', [{ message, location: { file: entry, line: 1, column: 1 } }]);
}

function failure(
  { laidOut, project, rust }: RustWorkshop,
  outcome: BuildOutcome,
  report: CargoReport,
): WorkbenchError {
  const wanted = /requires rustc (\d+\.\d+(?:\.\d+)?)/.exec(outcome.stderr)?.[1];
  if (wanted !== undefined && !report.hasCompiled) {
    return new WorkbenchError(
      'PW-RUNTIME-VERSION',
      `${rust.rustc} is Rust ${rust.version}, but the plugin or one of its crates needs ${wanted}.`,
      {
        nextStep: `Install Rust ${wanted} or newer, such as with "rustup update stable".`,
        details: { found: rust.version, wanted: `>=${wanted}` },
      },
    );
  }
  if (report.errors.length > 0) return buildFailed('cargo build', report.errors);
  return buildFailed('cargo build', [readCargoError(outcome.stderr, laidOut, project.root)]);
}

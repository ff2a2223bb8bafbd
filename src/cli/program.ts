import { Command, InvalidArgumentError, Option } from 'commander';
import { profiles } from '../manifest/index.ts';
import { scaffoldLanguages } from '../scaffold/index.ts';
import { type CreateOptions, create } from './commands/create.ts';
import { type PermissionsOptions, permissions } from './commands/permissions.ts';
import { type RunOptions, run } from './commands/run.ts';
import { type ScanOptions, scan } from './commands/scan.ts';
import { validate } from './commands/validate.ts';
import type { ExitCode } from './exit.ts';
import type { PackagePaths } from './package-paths.ts';
import { parseTrust } from './parse-trust.ts';
import type { FindingsFormat } from './render-findings.ts';
import { leastSeverities, parseLanguages } from './scan/index.ts';
import type { Terminal } from './terminal.ts';

/** What the program needs from the process it runs in. */
export interface ProgramPorts {
  readonly version: string;
  /** Web address of the page about the rules; `undefined` where there is none. */
  readonly rulesPage: string | undefined;
  readonly paths: PackagePaths;
  readonly terminal: Terminal;
  /** Aborted on Ctrl-C. */
  readonly stop: AbortSignal;
  /** Receives the exit code of the command that ran. */
  done(code: ExitCode): void;
}

const exitCodes = `
Exit codes:
  0  fine
  1  findings of severity error (with --strict: warnings too)
  2  the command failed`;

/** The command line: argv in, one command run, its exit code to `ports.done`. */
export function createProgram(ports: ProgramPorts): Command {
  const { terminal, paths } = ports;
  const program = new Command('plugin-workbench')
    .description('Create, validate, scan and run plugins, each in an operating-system sandbox.')
    .version(ports.version)
    .addHelpText('after', exitCodes)
    .showHelpAfterError('(--help tells more)');

  program
    .command('create')
    .description('Write a new plugin that runs as it is.')
    .argument('<name>', 'what the plugin is called; its folder gets the name too')
    .addOption(
      new Option('--profile <profile>', 'plugin system it is for')
        .choices(profiles.map(({ id }) => id))
        .makeOptionMandatory(),
    )
    .requiredOption('--language <language>', `language it is written in: ${scaffoldLanguages.join(', ')}`)
    .option('--dir <folder>', 'folder to write into (default: ./<name>)')
    .addHelpText(
      'after',
      '\nExample:\n  plugin-workbench create word-count --profile aihub --language javascript',
    )
    .action(async (name: string, options: Pick<CreateOptions, 'profile' | 'language' | 'dir'>) => {
      ports.done(await create(name, { ...options, templatesDir: paths.templatesDir }, terminal));
    });

  program
    .command('validate')
    .description('Check manifests (plugin.json, plugin.yaml); folders are searched for them.')
    .argument('<path...>', 'manifests or folders')
    .addOption(findingsFormatOption())
    .option('--strict', 'exit 1 for warnings too', false)
    .addHelpText(
      'after',
      `
What the paths hold is one workspace: plugins may depend on one another.

Examples:
  plugin-workbench validate plugins/ --format json
  plugin-workbench validate . --strict --format sarif > manifests.sarif
${exitCodes}`,
    )
    .action(async (targets: string[], options: { format: FindingsFormat; strict: boolean }) => {
      ports.done(await validate(targets, { ...options, version: ports.version }, terminal));
    });

  program
    .command('scan')
    .description(
      'Look for dangerous patterns in JavaScript, TypeScript, Python, Go and Rust; no manifest needed.',
    )
    .argument('<path...>', 'files or folders')
    .addOption(findingsFormatOption())
    .addOption(
      new Option('--min-severity <severity>', 'the least severe findings that are shown and count')
        .choices(leastSeverities)
        .default('warning'),
    )
    .option('--lang <languages>', 'only these: js, ts, py, go, rs, with commas between', parseLanguages)
    .option('--strict', 'exit 1 for warnings too', false)
    .option('--baseline <file>', 'show only what is not in this file')
    .option('--write-baseline <file>', 'write all findings to this file, and exit 0')
    .option('--jobs <n>', 'how many threads (default: one a core)', parseJobs)
    .option('--no-cache', 'look at everything again')
    .option('--all', 'take in dependencies, build output and minified files', false)
    .addHelpText(
      'after',
      `
Examples:
  plugin-workbench scan plugins/word-count/src
  plugin-workbench scan . --lang py,go --min-severity info
  plugin-workbench scan . --write-baseline known.json && plugin-workbench scan . --baseline known.json
  plugin-workbench scan . --format sarif > source.sarif
${exitCodes}`,
    )
    .action(async (targets: string[], options: ScanOptions) => {
      const { version, rulesPage } = ports;
      ports.done(await scan(targets, options, { version, paths, rulesPage }, terminal, ports.stop));
    });

  program
    .command('permissions')
    .description('Compare what manifests declare with what source needs and what runs used.')
    .argument('<path...>', 'folders of plugins, or their manifests')
    .addOption(
      new Option('--format <format>', 'text for people, md for pull requests, json, or sarif')
        .choices(['text', 'json', 'sarif', 'md'])
        .default('text'),
    )
    .option('--strict', 'exit 1 for warnings too', false)
    .option('--data-dir <folder>', 'where the audit logs of runs lie (default: where `run` writes them)')
    .option(
      '--packages <file>',
      'JSON file that says what packages need; may be repeated',
      (file: string, files: readonly string[]) => [...files, file],
      [] as readonly string[],
    )
    .addOption(
      new Option('--tighten <to>', 'tell what the manifests could do without').choices([
        'inferred',
        'observed',
        'both',
      ]),
    )
    .option('--write', 'with --tighten: change the manifests', false)
    .addHelpText(
      'after',
      `
Examples:
  plugin-workbench permissions plugins/word-count
  plugin-workbench permissions . --format md >> "$GITHUB_STEP_SUMMARY"
  plugin-workbench permissions plugins/word-count --tighten both --write
${exitCodes}`,
    )
    .action(async (targets: string[], options: Omit<PermissionsOptions, 'wasmDir' | 'version'>) => {
      const whole = { ...options, wasmDir: paths.wasmDir, version: ports.version };
      ports.done(await permissions(targets, whole, terminal));
    });

  program
    .command('run')
    .description(
      'Run plugins, each in its sandbox, until Ctrl-C, the duration is over or the call has answered.',
    )
    .argument('<dir...>', 'folders of plugins')
    .option('-y, --yes', 'approve whatever the manifests ask for, for this run', false)
    .option('--restart', 'start a plugin that crashed again, with its last state', false)
    .option('--watch', 'reload a plugin when its source changes, keeping its state', false)
    .option('--invoke <method>', 'call this command once the plugins run and print the answer')
    .option('--args <json>', 'argument of the call, as JSON (default: null)')
    .option('--duration <seconds>', 'stop after so many seconds', parseSeconds)
    .addOption(formatOption('json: one event a line: state, log, result, usage, violation, audit, problem'))
    .option('--strict', 'exit 1 for refused permissions and limit warnings too', false)
    .option('--data-dir <folder>', 'where storage and audit logs of the plugins lie')
    .option('--node <path>', 'the node that Node plugins run on (default: the one on PATH)')
    .option(
      '--trace',
      'follow system calls with strace: tells what the kernel refuses, in any language; slow',
      false,
    )
    .option(
      '--trust <id=level>',
      'how far to trust this plugin: untrusted (the default), partner or internal; may be repeated',
      parseTrust,
      {},
    )
    .option(
      '--unconfined <id>',
      'run this plugin WITHOUT a sandbox, with all your rights; may be repeated',
      (id: string, ids: readonly string[]) => [...ids, id],
      [] as readonly string[],
    )
    .addHelpText(
      'after',
      `
Examples:
  plugin-workbench run examples/hello-node --invoke greet --args '{"name": "Ada"}'
  plugin-workbench run plugins/a plugins/b --watch
  plugin-workbench run examples/hello-node --duration 10 --format json | jq 'select(.type == "usage")'
${exitCodes}
     run: 2 too when nobody has approved what a plugin asks for and nobody is there to ask;
     a crash or a limit that killed a plugin is an error, a refused permission a warning`,
    )
    .action(async (dirs: string[], options: RunOptions) => {
      ports.done(await run(dirs, options, paths, terminal, ports.stop));
    });

  return program;
}

function findingsFormatOption(): Option {
  return new Option('--format <format>', 'text for people, json for machines, sarif for code scanning sites')
    .choices(['text', 'json', 'sarif'])
    .default('text');
}

function formatOption(description: string): Option {
  return new Option('--format <format>', description).choices(['text', 'json']).default('text');
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new InvalidArgumentError('Give seconds, such as 10 or 0.5.');
  return seconds;
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw new InvalidArgumentError('Give a number from 1 to 64.');
  return jobs;
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { analyzerWasmFiles, type SourceLanguage } from '../../analysis/index.ts';
import { Exit, type ExitCode, exitCodeFor } from '../exit.ts';
import type { PackagePaths } from '../package-paths.ts';
import { readSource } from '../read-source.ts';
import { type FindingsFormat, renderFindings } from '../render-findings.ts';
import { sourceSarifRules } from '../sarif/index.ts';
import {
  allLanguages,
  atLeast,
  createScanCache,
  findingsOf,
  findPlaces,
  type LeastSeverity,
  newSince,
  type Places,
  scanCacheFolder,
  scanPlaces,
  tidyCache,
  writeBaseline,
} from '../scan/index.ts';
import { printable, type Terminal } from '../terminal.ts';

export interface ScanOptions {
  readonly format: FindingsFormat;
  readonly minSeverity: LeastSeverity;
  readonly lang?: ReadonlySet<SourceLanguage>;
  readonly strict: boolean;
  /** File with the findings that are known, which are not shown. */
  readonly baseline?: string;
  /** File to write all findings to. */
  readonly writeBaseline?: string;
  /** How many threads; default: as many as the machine has cores and memory for. */
  readonly jobs?: number;
  readonly cache: boolean;
  /** Takes in dependencies, build output and minified files. */
  readonly all: boolean;
}

/** What the command needs of the program it is part of. */
export interface ScanProgram {
  readonly version: string;
  readonly paths: Pick<PackagePaths, 'wasmDir' | 'program'>;
  /** Web address of the page about the rules, if there is one. */
  readonly rulesPage: string | undefined;
}

/** What a thread may take of the machine's memory, in bytes: its heap, and the parser's. */
const BYTES_A_JOB = 1.5 * 1024 ** 3;

/** More threads than this wait for the disk. */
const MAX_JOBS = 16;

/**
 * Looks for dangerous patterns in source; folders are searched for files in a known language.
 *
 * @throws WorkbenchError when a path does not exist or a baseline can't be used.
 */
export async function scan(
  paths: readonly string[],
  options: ScanOptions,
  program: ScanProgram,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<ExitCode> {
  const notes: string[] = [];
  const note = (text: string): void => {
    notes.push(text);
    terminal.note(printable(text));
  };
  const found = await findPlaces(paths, {
    languages: options.lang ?? allLanguages,
    all: options.all,
    onUnreadable: (folder, code) => note(`${folder}: can’t be searched (${code})`),
  });
  for (const text of notesAbout(found)) note(text);
  const { wasmDir } = program.paths;
  const cacheFolder = scanCacheFolder(process.env, process.platform);
  const cache = options.cache ? createScanCache(cacheFolder, await rulesVersion(program)) : undefined;
  try {
    const results = await scanPlaces(
      found.places,
      {
        loadWasm: name => readFile(join(wasmDir, name)),
        worker: { script: program.paths.program, wasmDir },
        jobs: options.jobs ?? defaultJobs(),
        cache,
        onProgress: progressTo(terminal),
      },
      stop,
    );
    if (cache !== undefined) await tidyCache(cacheFolder, Date.now());
    terminal.progress?.('');
    return await report(findingsOf(results, found.places), found.places.length);
  } catch (error) {
    terminal.progress?.('');
    if (!stop.aborted) throw error;
    terminal.note('Stopped; not everything was looked at.');
    return Exit.failure;
  }

  async function report(all: ReturnType<typeof findingsOf>, files: number): Promise<ExitCode> {
    const texts = new Map<string, string | undefined>();
    const textOf = (file: string): string | undefined => {
      if (!texts.has(file)) texts.set(file, readSource(file).text);
      return texts.get(file);
    };
    const unknown = options.baseline === undefined ? all : await newSince(options.baseline, all, textOf);
    if (unknown.length < all.length) note(`${all.length - unknown.length} known findings are not shown.`);
    const findings = atLeast(unknown, options.minSeverity);
    if (options.writeBaseline !== undefined) await writeBaseline(options.writeBaseline, all, textOf);
    const { version, rulesPage } = program;
    const sarif = { command: 'scan', version, rules: sourceSarifRules(), notes, rulesPage };
    renderFindings({ findings, files, textOf, sarif }, options.format, terminal);
    // Whoever writes a baseline accepts what is there.
    return options.writeBaseline === undefined ? exitCodeFor(findings, options.strict) : Exit.clean;
  }
}

function notesAbout({ leftOutFolders, leftOutFiles, unknown }: Places): string[] {
  const notes = unknown.map(file => `${file}: is in no language that can be looked at`);
  const parts = [
    ...(leftOutFolders === 0 ? [] : [`${plural(leftOutFolders, 'folder')} of dependencies and build output`]),
    ...(leftOutFiles === 0
      ? []
      : [`${plural(leftOutFiles, 'file')} that ${leftOutFiles === 1 ? 'is' : 'are'} minified or only types`]),
  ];
  if (parts.length > 0) notes.push(`Left out: ${parts.join(', ')}. --all takes them in.`);
  return notes;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function defaultJobs(): number {
  return Math.max(1, Math.min(MAX_JOBS, availableParallelism(), Math.floor(totalmem() / BYTES_A_JOB)));
}

/** Whatever results depend on besides the source: this program, which holds the rules, and the grammars. */
async function rulesVersion({ version, paths }: ScanProgram): Promise<string> {
  const hash = createHash('sha256')
    .update(version)
    .update(await readFile(paths.program));
  for (const name of analyzerWasmFiles) {
    const size = await stat(join(paths.wasmDir, name)).then(
      stats => stats.size,
      () => 0,
    );
    hash.update(`${name}:${size};`);
  }
  return hash.digest('hex');
}

/** Not at every file: a terminal is slow. */
function progressTo(terminal: Terminal): (done: number, all: number) => void {
  let shown = 0;
  return (done, all) => {
    const now = performance.now();
    if (terminal.progress === undefined || now - shown < 100) return;
    shown = now;
    terminal.progress(`Scanning: ${done} of ${all} files`);
  };
}

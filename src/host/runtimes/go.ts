import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import semver from 'semver';
import * as v from 'valibot';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { findProgram, refuseWithin } from './find-program.ts';

/** A Go toolchain that can build plugins. */
export interface GoToolchain {
  /** Real path of the `go` command; never a version manager's shim. */
  readonly command: string;
  /** Real path of its root: compiler, linker, standard library. */
  readonly root: string;
  /** Such as `1.26.8`. */
  readonly version: string;
  /** The user's own flags that have a meaning here: tags and the number of jobs. */
  readonly flags: readonly string[];
  /** Such as `go 1.26.8 (PATH: /usr/local/go/bin/go)`. */
  readonly description: string;
}

/** Finds the Go to build a plugin with. */
export interface GoFinder {
  /**
   * The user's choice, else the first on PATH. What it says is remembered by real path and modification time.
   *
   * @param range the manifest's semver range
   * @throws WorkbenchError `PW-RUNTIME-MISSING`, `PW-RUNTIME-VERSION`, `PW-RUNTIME-IN-WORKSPACE`
   */
  find(pluginDir: string, range: string | undefined): Promise<GoToolchain>;
}

/** Where a {@link GoFinder} looks. */
export interface GoFinderOptions {
  /** The user's choice; a file or a command on PATH. */
  readonly goPath?: string | undefined;
  /** The environment of the user, for PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The oldest Go that builds the SDK (it has log/slog). */
export const OLDEST_GO = '1.21.0';

const title = 'Go';

/** How long `go env` may take, in milliseconds; a version manager may be slow the first time. */
const PROBE_MS = 20_000;

const answer = v.object({ GOROOT: v.string(), GOVERSION: v.string(), GOFLAGS: v.string() });

type Probe = Omit<GoToolchain, 'description'>;

/** Makes a finder with an empty memory. */
export function createGoFinder({ goPath, env }: GoFinderOptions): GoFinder {
  const probes = new Map<string, Promise<Probe>>();

  async function probe(file: string): Promise<Probe> {
    const real = await realpath(file);
    const { mtimeMs } = await stat(real);
    const key = `${file}\0${real}\0${mtimeMs}`;
    const known = probes.get(key) ?? probeGo(file, env);
    probes.set(key, known);
    known.catch(() => probes.delete(key));
    return known;
  }

  return {
    find: async (pluginDir, range) => {
      const candidate = await findProgram({
        title,
        names: ['go'],
        chosen: goPath || undefined,
        env,
        pluginDir,
      });
      if (candidate === undefined) {
        throw new WorkbenchError('PW-RUNTIME-MISSING', 'The plugin is written in Go, which was not found.', {
          nextStep:
            'Install Go 1.21 or newer (https://go.dev/doc/install) and put it on PATH, or name its path in the settings.',
        });
      }
      const found = await probe(candidate.file).catch(cause => {
        throw new WorkbenchError('PW-RUNTIME-MISSING', `${candidate.file} is no Go: ${messageOf(cause)}`, {
          nextStep: 'Choose another Go in the settings, or put one on PATH.',
          cause,
        });
      });
      await refuseWithin(pluginDir, found.command, title);
      await refuseWithin(pluginDir, found.root, title);
      checkVersion(found, range);
      const via = candidate.file === found.command ? '' : ` → ${found.command}`;
      return {
        ...found,
        description: `go ${found.version} (${candidate.source}: ${candidate.file}${via})`,
      };
    },
  };
}

/** In the user's home, where neither a plugin's go.mod nor a file of a version manager decides which Go runs. */
async function probeGo(file: string, env: GoFinderOptions['env']): Promise<Probe> {
  const home = homedir();
  const { stdout } = await promisify(execFile)(file, ['env', '-json', 'GOROOT', 'GOVERSION', 'GOFLAGS'], {
    cwd: existsSync(home) ? home : tmpdir(),
    env: { ...env, GOTOOLCHAIN: 'local', GOWORK: 'off' },
    timeout: PROBE_MS,
    maxBuffer: 1024 * 1024,
  });
  const { GOROOT, GOVERSION, GOFLAGS } = v.parse(answer, JSON.parse(stdout));
  const version = semver.coerce(GOVERSION.replace(/^go/, ''))?.version;
  if (version === undefined) throw new Error(`It says its version is "${GOVERSION}".`);
  const root = await realpath(GOROOT);
  return {
    root,
    command: await realpath(path.join(root, 'bin', 'go')),
    version,
    flags: GOFLAGS.split(/\s+/).filter(flag => /^--?(tags|p)=/.test(flag)),
  };
}

function checkVersion(found: Probe, range: string | undefined): void {
  const wanted = range !== undefined && semver.validRange(range) ? range : '*';
  const tooOld = semver.lt(found.version, OLDEST_GO);
  if (!tooOld && semver.satisfies(found.version, wanted, { includePrerelease: true })) return;
  const needs = tooOld ? `plugins need ${OLDEST_GO} or newer` : `the plugin's manifest asks for ${wanted}`;
  throw new WorkbenchError('PW-RUNTIME-VERSION', `${found.command} is Go ${found.version}, but ${needs}.`, {
    nextStep: 'Install a Go of that version, and choose it in the settings or put it first on PATH.',
    details: { found: found.version, wanted },
  });
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import semver from 'semver';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { findOnPath, findProgram, refuseWithin } from './find-program.ts';

/** A Rust toolchain that can build plugins. */
export interface RustToolchain {
  /** Real path of `cargo`; never a version manager's shim. */
  readonly cargo: string;
  /** Real path of `rustc`; never a version manager's shim. */
  readonly rustc: string;
  /** Folders with the compiler, its libraries and the standard library; real paths. */
  readonly roots: readonly string[];
  /** Of the compiler, such as `1.95.0`. */
  readonly version: string;
  /** Such as `rust 1.95.0 (PATH: /usr/bin/cargo)`. */
  readonly description: string;
}

/** Finds the Rust to build a plugin with. */
export interface RustFinder {
  /**
   * The user's choice of cargo, else the first on PATH, with its compiler. What they say is remembered by real path
   * and modification time.
   *
   * @param range the manifest's semver range
   * @throws WorkbenchError `PW-RUNTIME-MISSING` (a linker can be what is missing), `PW-RUNTIME-VERSION`,
   * `PW-RUNTIME-IN-WORKSPACE`
   */
  find(pluginDir: string, range: string | undefined): Promise<RustToolchain>;
}

/** Where a {@link RustFinder} looks. */
export interface RustFinderOptions {
  /** The user's choice of cargo; a file or a command on PATH. */
  readonly cargoPath?: string | undefined;
  /** The environment of the user, for PATH and rustup's own choice. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The oldest Rust that builds the SDK. */
export const OLDEST_RUST = '1.74.0';

const title = 'Cargo';

/** How long a question to the compiler may take, in milliseconds; a version manager may be slow the first time. */
const PROBE_MS = 20_000;

/** Where builds look for the linker, see `src/host/builds`. */
const LINKER_PATH = '/usr/bin:/bin';

type Probe = Omit<RustToolchain, 'description'>;

/** Makes a finder with an empty memory. */
export function createRustFinder({ cargoPath, env }: RustFinderOptions): RustFinder {
  const probes = new Map<string, Promise<Probe>>();

  async function probe(cargo: string, rustc: string): Promise<Probe> {
    const stamps = [cargo, rustc].map(async file => {
      const real = await realpath(file);
      return `${file}\0${real}\0${(await stat(real)).mtimeMs}`;
    });
    const key = (await Promise.all(stamps)).join('\0');
    const known = probes.get(key) ?? probeRust(cargo, rustc, env);
    probes.set(key, known);
    known.catch(() => probes.delete(key));
    return known;
  }

  return {
    find: async (pluginDir, range) => {
      const chosen = cargoPath || undefined;
      const candidate = await findProgram({ title, names: ['cargo'], chosen, env, pluginDir });
      // The compiler that came with this cargo, else whichever there is.
      const beside = candidate && path.join(path.dirname(candidate.file), 'rustc');
      const rustc =
        beside !== undefined && existsSync(beside) ? beside : await findOnPath('rustc', { env, pluginDir });
      if (candidate === undefined || rustc === undefined) {
        const what = candidate === undefined ? 'was not found' : `has no compiler beside ${candidate.file}`;
        throw new WorkbenchError('PW-RUNTIME-MISSING', `The plugin is written in Rust, which ${what}.`, {
          nextStep:
            'Install Rust (https://rustup.rs) and put cargo on PATH, or name its path in the settings.',
        });
      }
      const found = await probe(candidate.file, rustc).catch(cause => {
        throw notUsable(candidate.file, cause);
      });
      for (const file of [found.cargo, found.rustc, ...found.roots]) {
        await refuseWithin(pluginDir, file, title);
      }
      checkVersion(found, range);
      if ((await findOnPath('cc', { env: { PATH: LINKER_PATH }, pluginDir })) === undefined) {
        throw new WorkbenchError('PW-RUNTIME-MISSING', 'Rust needs a linker: there is no cc in /usr/bin.', {
          nextStep:
            'Install a C compiler, such as with "apt install build-essential", "dnf install gcc" or "pacman -S gcc".',
        });
      }
      const via = candidate.file === found.cargo ? '' : ` → ${found.cargo}`;
      return {
        ...found,
        description: `rust ${found.version} (${candidate.source}: ${candidate.file}${via})`,
      };
    },
  };
}

/**
 * Asks the compiler where it really is. It runs in the user's home, where no `rust-toolchain.toml` of a plugin can
 * choose a toolchain, and none is downloaded for the answer.
 */
async function probeRust(cargo: string, rustc: string, env: RustFinderOptions['env']): Promise<Probe> {
  const home = homedir();
  const ask = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(rustc, args, {
      cwd: existsSync(home) ? home : tmpdir(),
      env: { ...env, RUSTUP_AUTO_INSTALL: '0' },
      timeout: PROBE_MS,
      maxBuffer: 1024 * 1024,
    });
    return stdout.trim();
  };
  const sysroot = await realpath(await ask('--print', 'sysroot'));
  const said = await ask('--version');
  const version = semver.coerce(said)?.version;
  if (version === undefined) throw new Error(`The compiler says its version is "${said}".`);
  const own = async (name: string, otherwise: string): Promise<string> => {
    const file = path.join(sysroot, 'bin', name);
    return realpath(existsSync(file) ? file : otherwise);
  };
  const [realCargo, realRustc] = await Promise.all([own('cargo', cargo), own('rustc', rustc)]);
  const roots = new Set([sysroot, path.dirname(realCargo), path.dirname(realRustc)]);
  // The builds show the system's own folders anyway.
  const shown = [...roots].filter(folder => !/^\/usr(\/(local\/)?bin)?$/.test(folder));
  return { cargo: realCargo, rustc: realRustc, roots: shown, version };
}

function notUsable(file: string, cause: unknown): WorkbenchError {
  const said = (cause as { stderr?: unknown } | null)?.stderr;
  const reason = typeof said === 'string' && said.trim() !== '' ? said.trim() : messageOf(cause);
  const noDefault =
    /rustup (could not choose|default)|no default toolchain|toolchain .* is not installed/.test(reason);
  return new WorkbenchError('PW-RUNTIME-MISSING', `${file} is no working Rust: ${reason}`, {
    nextStep: noDefault
      ? 'Run "rustup default stable" in a terminal.'
      : 'Choose another cargo in the settings, or put one on PATH.',
    cause,
  });
}

function checkVersion(found: Probe, range: string | undefined): void {
  const wanted = range !== undefined && semver.validRange(range) ? range : '*';
  const tooOld = semver.lt(found.version, OLDEST_RUST);
  if (!tooOld && semver.satisfies(found.version, wanted, { includePrerelease: true })) return;
  const needs = tooOld ? `plugins need ${OLDEST_RUST} or newer` : `the plugin's manifest asks for ${wanted}`;
  throw new WorkbenchError('PW-RUNTIME-VERSION', `${found.rustc} is Rust ${found.version}, but ${needs}.`, {
    nextStep:
      'Install that version ("rustup update stable" gets the newest), or choose another cargo in the settings.',
    details: { found: found.version, wanted },
  });
}

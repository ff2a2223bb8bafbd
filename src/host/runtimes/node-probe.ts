import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

/** What a Node.js binary says about itself. */
export interface NodeProbe {
  /** Real path. */
  readonly execPath: string;
  readonly version: string;
  /** True for an editor's Electron binary run as Node.js. */
  readonly electron: boolean;
  /** Whether it can tell of file accesses beyond what it was told to expect. */
  readonly audits: boolean;
  /** Files and folders it needs at run time, itself included. */
  readonly runtimePaths: readonly string[];
}

/** How long a binary may take to tell, in milliseconds; a version manager may be slow the first time. */
const PROBE_MS = 20_000;

/** Run by the binary itself. Without `excludeNetwork` the report would look up the names of all network interfaces. */
const SCRIPT = `
process.report.excludeNetwork = true;
const v = process.config.variables;
console.log(JSON.stringify({
  execPath: process.execPath,
  version: process.versions.node,
  electron: process.versions.electron !== undefined,
  audits: process.allowedNodeEnvironmentFlags.has('--permission-audit'),
  sharedObjects: process.report.getReport().sharedObjects,
  builtins: v.node_builtin_shareable_builtins ?? [],
  external: Object.entries(v).filter(([k, p]) => k.startsWith('node_shared_builtin_') && k.endsWith('_path') && typeof p === 'string').map(([, p]) => p),
  icuDataDir: v.icu_default_data ?? '',
}));`;

const answer = v.object({
  execPath: v.string(),
  version: v.string(),
  electron: v.boolean(),
  audits: v.optional(v.boolean(), false),
  sharedObjects: v.array(v.string()),
  builtins: v.array(v.string()),
  external: v.array(v.string()),
  icuDataDir: v.string(),
});

/**
 * Runs a trusted binary (or a version manager's shim of one) once, to learn its real path, its version, and the
 * libraries it has loaded. It runs in the user's home, where a version manager gives the user's own default.
 */
export async function probeNode(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<NodeProbe> {
  // What the user has in NODE_OPTIONS could load code or print; it is no part of the binary.
  const { NODE_OPTIONS: _options, ...rest } = env;
  const home = homedir();
  const { stdout } = await promisify(execFile)(file, ['-e', SCRIPT], {
    cwd: existsSync(home) ? home : tmpdir(),
    env: { ...rest, ELECTRON_RUN_AS_NODE: '1' },
    timeout: PROBE_MS,
    maxBuffer: 1024 * 1024,
  });
  const found = v.parse(answer, JSON.parse(stdout));
  const execPath = realpathSync(found.execPath);
  return {
    execPath,
    version: found.version,
    electron: found.electron,
    audits: found.audits,
    runtimePaths: collectPaths(execPath, found),
  };
}

function collectPaths(execPath: string, found: v.InferOutput<typeof answer>): string[] {
  const libraries = found.sharedObjects.filter(file => path.isAbsolute(file) && existsSync(file));
  const paths = new Set([execPath, ...libraries]);
  // Distributions may keep some of Node's own modules in files beside it.
  for (const file of [...found.builtins, ...found.external]) {
    if (path.isAbsolute(file) && existsSync(file)) paths.add(realpathSync(file));
  }
  if (path.isAbsolute(found.icuDataDir) && existsSync(found.icuDataDir)) paths.add(found.icuDataDir);
  // Electron reads its ICU data and V8 snapshot from the folder it lives in.
  if (found.electron) paths.add(path.dirname(execPath));
  // The loader finds libraries in unusual folders through its cache alone.
  const usual = /^\/(usr\/)?lib(32|64|x32)?(\/[^/]+-linux-[^/]+)?\/[^/]+$/;
  const unusual = libraries.some(file => !usual.test(file));
  if (unusual && existsSync('/etc/ld.so.cache')) paths.add('/etc/ld.so.cache');
  return [...paths];
}

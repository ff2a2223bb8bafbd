import { realpath, stat } from 'node:fs/promises';
import semver from 'semver';
import { messageOf, WorkbenchError } from '../../base/index.ts';
import { type FoundProgram, findProgram, refuseWithin } from './find-program.ts';
import { type NodeProbe, probeNode } from './node-probe.ts';

/** A Node.js that can run plugins. */
export interface NodeRuntime {
  /** Real path of the binary; never a version manager's shim. */
  readonly path: string;
  readonly version: string;
  /** Files and folders the binary needs at run time, itself included; absolute. */
  readonly runtimePaths: readonly string[];
  /** Whether it knows `--permission-audit`. */
  readonly audits: boolean;
  /** What must be in its environment: `ELECTRON_RUN_AS_NODE` for an editor's binary. */
  readonly env: Readonly<Record<string, string>>;
  /** Such as `node 24.1.0 (PATH: /usr/bin/node)`. */
  readonly description: string;
}

/** Finds the Node.js to run a plugin with. */
export interface NodeFinder {
  /**
   * The user's choice, else the first on PATH, else the editor's own runtime. What was found is remembered by real
   * path and modification time.
   *
   * @param range the manifest's semver range; a first choice out of range is an error, not a reason to look further
   * @throws WorkbenchError `PW-RUNTIME-MISSING`, `PW-RUNTIME-VERSION`, `PW-RUNTIME-IN-WORKSPACE`
   */
  find(pluginDir: string, range: string | undefined): Promise<NodeRuntime>;
}

/** Where a {@link NodeFinder} looks. */
export interface NodeFinderOptions {
  /** The user's choice; a file or a command on PATH. */
  readonly nodePath?: string | undefined;
  /** The environment of the user, for PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The binary this process runs on. */
  readonly execPath: string;
}

/** The oldest Node.js the bootstrap and the SDK run on. */
export const OLDEST_NODE = '20.0.0';

/** Makes a finder with an empty memory. */
export function createNodeFinder(options: NodeFinderOptions): NodeFinder {
  const probes = new Map<string, Promise<NodeProbe>>();

  async function probe(file: string): Promise<NodeProbe> {
    const real = await realpath(file);
    const { mtimeMs } = await stat(real);
    // A shim's own real path says nothing: one binary may stand for many commands, told apart by the name.
    const key = `${file}\0${real}\0${mtimeMs}`;
    const known = probes.get(key) ?? probeNode(file, options.env);
    probes.set(key, known);
    known.catch(() => probes.delete(key));
    return known;
  }

  /** The user's choice, else the first on PATH, else the runtime of this process. */
  async function choose(pluginDir: string): Promise<FoundProgram> {
    const { nodePath: chosen, env } = options;
    const found = await findProgram({ title: 'Node.js', names: ['node'], chosen, env, pluginDir });
    return found ?? { file: options.execPath, source: 'the editor’s own runtime' };
  }

  return {
    find: async (pluginDir, range) => {
      const candidate = await choose(pluginDir);
      const found = await probe(candidate.file).catch(error => {
        throw new WorkbenchError(
          'PW-RUNTIME-MISSING',
          `${candidate.file} is no Node.js: ${messageOf(error)}`,
          {
            nextStep: 'Choose another Node.js in the settings, or put one on PATH.',
            cause: error,
          },
        );
      });
      await refuseWithin(pluginDir, found.execPath, 'Node.js');
      checkVersion(found, range);
      const via = candidate.file === found.execPath ? '' : ` → ${found.execPath}`;
      return {
        path: found.execPath,
        version: found.version,
        runtimePaths: found.runtimePaths,
        audits: found.audits,
        env: found.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
        description: `node ${found.version} (${candidate.source}: ${candidate.file}${via})`,
      };
    },
  };
}

function checkVersion(found: NodeProbe, range: string | undefined): void {
  const wanted = range !== undefined && semver.validRange(range) ? range : '*';
  const tooOld = semver.lt(found.version, OLDEST_NODE);
  if (!tooOld && semver.satisfies(found.version, wanted, { includePrerelease: true })) return;
  const needs = tooOld ? `plugins need ${OLDEST_NODE} or newer` : `the plugin's manifest asks for ${wanted}`;
  throw new WorkbenchError(
    'PW-RUNTIME-VERSION',
    `${found.execPath} is Node.js ${found.version}, but ${needs}.`,
    {
      nextStep: 'Install a Node.js of that version, and choose it in the settings or put it first on PATH.',
      details: { found: found.version, wanted },
    },
  );
}

import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { WorkbenchError } from '../../base/index.ts';
import { findProgram } from '../bubblewrap/index.ts';
import type { HeldLimits } from '../port.ts';
import { type Architecture, buildOciProfile, filterArchitecture } from '../seccomp/index.ts';
import { strictArguments } from './arguments.ts';
import { ask, type Engine, engineEnvironment } from './engine.ts';
import { tinyProgram } from './tiny-program.ts';

/** Podman, tried. */
export interface ContainerInstallation {
  readonly engine: Engine;
  readonly architecture: Architecture;
  /** True when podman runs as root: then a plugin runs as nobody, else as the user. */
  readonly asRoot: boolean;
  readonly holds: HeldLimits;
  /** Such as `podman 5.2.0 with crun`. */
  readonly version: string;
}

/** Ways to run podman, the usual first: some runtimes fail with older or mixed control groups. */
const ways: readonly (readonly string[])[] = [
  [],
  ['--runtime', 'runc'],
  ['--cgroup-manager', 'cgroupfs'],
  ['--runtime', 'runc', '--cgroup-manager', 'cgroupfs'],
];

const infoSchema = v.object({
  host: v.object({
    cgroupVersion: v.string(),
    cgroupControllers: v.nullish(v.array(v.string()), []),
    security: v.object({ rootless: v.boolean() }),
    ociRuntime: v.object({ name: v.string() }),
  }),
  version: v.object({ Version: v.string() }),
});

/**
 * Runs an almost empty container, as strict as a plugin's, in each way until one works.
 *
 * @throws WorkbenchError `PW-CONTAINER-MISSING` (no podman, or none for this system) or `PW-CONTAINER-FORBIDDEN`
 */
export async function probeContainers(
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<ContainerInstallation> {
  const architecture = filterArchitecture(process.arch);
  if (process.platform !== 'linux' || architecture === undefined) {
    throw missing('The workbench runs containers on Linux only, on x86-64 and arm64.');
  }
  const podman = findProgram('podman', env['PATH'] ?? '');
  if (podman === undefined) {
    throw missing(
      'podman is not installed. Docker is not used: it can’t hand a plugin the socket it talks over.',
    );
  }
  const root = makeRoot(architecture);
  try {
    let reason = '';
    for (const options of ways) {
      const engine: Engine = { podman, options, env: engineEnvironment(env) };
      const tried = await tryRun(engine, root, signal);
      if (tried === undefined) return await describe(engine, architecture, signal);
      reason ||= tried;
    }
    throw new WorkbenchError('PW-CONTAINER-FORBIDDEN', `podman can't run a container here: ${reason}`, {
      nextStep: 'Check that podman works: podman run --rm --network none docker.io/library/busybox true',
      details: { stderr: reason },
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A folder that serves as a root, beside a filter. */
function makeRoot(architecture: Architecture): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'plugin-workbench-'));
  chmodSync(folder, 0o755);
  for (const name of ['proc', 'sys', 'dev', 'tmp', 'etc', 'run'])
    mkdirSync(join(folder, 'root', name), { recursive: true });
  writeFileSync(join(folder, 'root', 'true'), tinyProgram(architecture), { mode: 0o755 });
  writeFileSync(join(folder, 'seccomp.json'), JSON.stringify(buildOciProfile(architecture)));
  return folder;
}

/** Why it does not work; `undefined` when it does. */
async function tryRun(engine: Engine, folder: string, signal?: AbortSignal): Promise<string | undefined> {
  const name = `plugin-workbench-probe-${process.pid}-${Date.now()}`;
  const isRoot = process.getuid?.() === 0;
  const { code, stderr } = await ask(
    engine,
    [
      ...['run', '--rm', '--name', name, ...strictArguments, ...identityArguments(isRoot)],
      ...[
        '--security-opt',
        `seccomp=${join(folder, 'seccomp.json')}`,
        '--ulimit',
        'nproc=256:256',
        '--ulimit',
        'nofile=64:64',
      ],
      ...['--entrypoint', '["/true"]', '--rootfs', join(folder, 'root')],
    ],
    signal,
  );
  if (code === 0) return undefined;
  await ask(engine, ['rm', '--force', '--time', '0', '--ignore', name]);
  return stderr || `exit code ${code}`;
}

/** Who the plugin is: nobody where podman is root's, else the user, never root inside. */
export function identityArguments(asRoot: boolean): readonly string[] {
  return asRoot ? ['--user', '65534:65534'] : ['--userns', 'keep-id'];
}

async function describe(
  engine: Engine,
  architecture: Architecture,
  signal?: AbortSignal,
): Promise<ContainerInstallation> {
  const { stdout, stderr } = await ask(engine, ['info', '--format', 'json'], signal);
  const info = v.safeParse(v.pipe(v.string(), v.parseJson(), infoSchema), stdout);
  if (!info.success) {
    throw new WorkbenchError(
      'PW-CONTAINER-FORBIDDEN',
      `podman does not tell about itself: ${stderr || info.issues[0].message}`,
      {
        nextStep: 'Check that podman works: podman info',
      },
    );
  }
  const { host, version } = info.output;
  // Nobody but root gets at the older control groups.
  const has = (controller: string): boolean =>
    !(host.security.rootless && host.cgroupVersion === 'v1') && host.cgroupControllers.includes(controller);
  return {
    engine,
    architecture,
    asRoot: !host.security.rootless,
    holds: { memory: has('memory'), cpu: has('cpu'), processes: has('pids') },
    version: `podman ${version.Version} with ${host.ociRuntime.name}`,
  };
}

function missing(message: string): WorkbenchError {
  return new WorkbenchError('PW-CONTAINER-MISSING', message, { nextStep: 'sudo apt-get install podman' });
}

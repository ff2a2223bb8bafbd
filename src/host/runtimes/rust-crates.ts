import path from 'node:path';
import type { BuildOutcome } from '../builds/index.ts';
import { type RustWorkshop, sdkPatch, sharedHome, toolEnvironment } from './rust-workshop.ts';

/**
 * Makes the lock complete and downloads the crates it names. No code of the plugin or of a crate runs for that; the
 * plugin's own `.cargo/config.toml`, which could name programs, is not read.
 *
 * @returns how the step ended; the last one when it took two
 */
export async function fetchCrates(workshop: RustWorkshop, signal: AbortSignal): Promise<BuildOutcome> {
  // Often all is there, and needs no network: a plugin may depend on nothing but the SDK.
  const offline = await runFetch(workshop, 'none', signal);
  return offline.code === 0 ? offline : runFetch(workshop, 'shared', signal);
}

async function runFetch(
  { builds, rust, sdkDir, request, folders, laidOut }: RustWorkshop,
  network: 'none' | 'shared',
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const { source, confined, onLog } = request;
  const access = await builds.registryEnvironment('rust');
  return builds.run(
    {
      tool: 'cargo fetch',
      pluginId: source.manifest.id,
      pluginDir: laidOut,
      command: [
        ...[rust.cargo, 'fetch', ...(network === 'none' ? ['--offline'] : [])],
        ...(access.configFile === undefined ? [] : ['--config', access.configFile]),
        ...['--config', sdkPatch(sdkDir)],
      ],
      readOnly: [...rust.roots, sdkDir, source.dir, folders.made, ...access.readOnly],
      readWrite: [folders.shared, path.join(laidOut, 'Cargo.lock')],
      env: { ...access.env, ...toolEnvironment(rust), CARGO_HOME: sharedHome({ folders }) },
      network,
      confined,
      onLine: (_, line) => {
        if (/^\s+(Updating|Downloading|Downloaded) /.test(line)) onLog('host', 'info', line.trim());
      },
    },
    signal,
  );
}

import path from 'node:path';
import type { BuildFolders, Builds } from '../builds/index.ts';
import type { PrepareRequest } from './port.ts';
import type { RustToolchain } from './rust.ts';
import type { RustProject } from './rust-source.ts';

/** What a build is made from. */
export interface RustBuildInput {
  readonly builds: Builds;
  readonly rust: RustToolchain;
  /** Absolute folder of the SDK. */
  readonly sdkDir: string;
  readonly request: PrepareRequest;
}

/** What the steps of a build have in common. */
export interface RustWorkshop extends RustBuildInput {
  readonly project: RustProject;
  readonly folders: BuildFolders;
  /** The project as links, and Cargo's working directory. */
  readonly laidOut: string;
}

/** The `CARGO_HOME` of all plugins: the registry's index, and crates as they were downloaded. */
export function sharedHome({ folders }: Pick<RustWorkshop, 'folders'>): string {
  return path.join(folders.shared, 'cargo');
}

/** Lets `plugin-workbench` be the SDK that is shipped, whatever the registry has. */
export function sdkPatch(sdkDir: string): string {
  return `patch.crates-io.plugin-workbench.path=${JSON.stringify(sdkDir)}`;
}

/** The tools of this toolchain, whatever a configuration of the plugin says. */
export function toolEnvironment({ rustc }: RustToolchain): Record<string, string> {
  return {
    PATH: `${path.dirname(rustc)}:/usr/bin:/bin`,
    RUSTC: rustc,
    CARGO_TERM_COLOR: 'never',
    CARGO_NET_GIT_FETCH_WITH_CLI: 'false',
  };
}

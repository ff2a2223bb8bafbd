import type { ProfileId, RuntimeId } from '../../manifest/index.ts';

/** A folder of the workspace with a plugin's manifest in it, as it stands on disk. */
export interface PluginFolder {
  /** Absolute path, as VS Code names it. */
  readonly dir: string;
  /** `dir` with symbolic links resolved; how the host may name it. */
  readonly realDir: string;
  /** Absolute path. */
  readonly manifestFile: string;
  /** What to call it: the manifest's name, or the folder's when the manifest can't be read. */
  readonly name: string;
  /** `undefined` when the manifest can't be loaded; `reason` says why. */
  readonly loaded: LoadedManifest | undefined;
  /** How many errors the manifest has. */
  readonly errors: number;
  /** The first error, for people; `undefined` without errors. */
  readonly reason: string | undefined;
}

/** What the extension needs to know from a manifest that can be loaded. */
export interface LoadedManifest {
  readonly id: string;
  readonly version: string;
  readonly description: string | undefined;
  readonly profile: ProfileId;
  /** The profile's name for people. */
  readonly profileTitle: string;
  readonly runtime: RuntimeId | undefined;
  /** What the manifest says it answers. */
  readonly methods: readonly { readonly id: string; readonly title: string }[];
}

/** The ids of the described plugin systems. */
export type ProfileId = 'logomesh' | 'guide' | 'aihub' | 'forgeai';

/** Where a value stands in the manifest as the author wrote it: keys and indices from the root. */
export type SourcePath = readonly (string | number)[];

/** What a capability is about. */
export type CapabilityScope =
  | 'filesystem'
  | 'network'
  | 'storage'
  | 'memory'
  | 'ai'
  | 'ui'
  | 'system'
  | 'process'
  | 'environment';

/** Conditions under which a capability holds. An absent field is no restriction; an empty list allows nothing. */
export interface CapabilityRestrictions {
  readonly protocols?: readonly string[];
  readonly methods?: readonly string[];
  readonly maxBytes?: number;
  /** Most tokens one call of an AI model may produce. */
  readonly maxTokens?: number;
  readonly ratePerMinute?: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** One thing a plugin may do; whatever no capability names is denied. */
export interface Capability {
  readonly scope: CapabilityScope;
  /** What is done within the scope: `read`, `write`, `connect`, `notifications`, `complete`… */
  readonly action: string;
  /** What it is done to: a path pattern relative to the plugin (`./data/**`), a host pattern, a collection; `*` is all. */
  readonly resource: string;
  readonly restrictions: CapabilityRestrictions;
  /** Where the manifest grants it. */
  readonly at: SourcePath;
}

/** Ceilings for one running plugin; `undefined` means the host's default, which is finite too. */
export interface ResourceLimits {
  readonly memoryBytes?: number | undefined;
  /** 100 is one whole core. */
  readonly cpuPercent?: number | undefined;
  readonly fileHandles?: number | undefined;
  readonly connections?: number | undefined;
}

/** A command or method that a plugin answers. */
export interface Contribution {
  /** Unique within the plugin; what a caller names. */
  readonly id: string;
  readonly title: string;
  readonly category?: string | undefined;
  readonly at: SourcePath;
}

/** What starts a plugin that waits for its first call, besides that call. */
export interface Activation {
  /** Names and patterns of events. */
  readonly events: readonly string[];
  /** Broadcasts, whatever their method. */
  readonly broadcasts: boolean;
}

export interface Contributions {
  /** Commands, exposed methods, executor methods: everything that can be invoked by name. */
  readonly methods: readonly Contribution[];
  /** True where the profile lets a plugin register methods its manifest doesn't list. */
  readonly openMethods: boolean;
  /** Names of events the plugin announces; `undefined` where the profile does not list them, and any may be emitted. */
  readonly events: readonly string[] | undefined;
  /** Languages whose code it runs; `undefined` where the profile has no executors. */
  readonly languages?: readonly string[] | undefined;
  /** Methods of other plugins it calls; `undefined` where the profile doesn't say. */
  readonly consumed?: readonly Contribution[] | undefined;
  /** False where the manifest cuts the plugin off from messages of others; `undefined` where it says nothing of it. */
  readonly messaging?: boolean | undefined;
  /** `undefined` where the manifest says nothing of it. */
  readonly activation?: Activation | undefined;
}

export interface PluginDependency {
  readonly id: string;
  /** A semver range; `*` when the manifest gives none. */
  readonly range: string;
  readonly at: SourcePath;
}

/** A package of a language that a plugin needs. */
export interface PackageDependency {
  readonly ecosystem: 'npm' | 'python' | 'go' | 'cargo';
  readonly name: string;
  readonly at: SourcePath;
}

export interface Dependencies {
  readonly plugins: readonly PluginDependency[];
  /** Runtime name (`node`, `python`) → semver range. */
  readonly runtimes: Readonly<Record<string, string>>;
  /** System tools such as `ollama`, `rustc`. */
  readonly system: readonly string[];
  /** Packages of languages; `undefined` where the profile doesn't list them, then the package files alone count. */
  readonly packages?: readonly PackageDependency[] | undefined;
}

export type RuntimeId = 'node' | 'python' | 'go' | 'rust' | 'executable';

/** The one model every profile maps to. Values are normalised; `at` paths and {@link Origins} lead back to the text. */
export interface PluginManifest {
  readonly profile: ProfileId;
  /** Identifies the plugin in the host: the profile's `id`, or a slug of its `name`. Matches `[a-z0-9][a-z0-9._-]*`. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** Semver. */
  readonly version: string;
  readonly description: string | undefined;
  /** `undefined` when neither the manifest nor the entry's file name tells. */
  readonly runtime: RuntimeId | undefined;
  /** The file that is loaded first, relative to the plugin's folder, with `/`; `undefined` when nothing names one. */
  readonly entry: string | undefined;
  /** Range of host versions it works with; `*` when not stated. */
  readonly hostRange: string;
  readonly capabilities: readonly Capability[];
  readonly limits: ResourceLimits;
  readonly dependencies: Dependencies;
  readonly contributions: Contributions;
  /** Canonical field (`id`, `version`, `entry`, `limits.memoryBytes`…) → where the manifest says it. */
  readonly origins: Readonly<Record<string, SourcePath>>;
}

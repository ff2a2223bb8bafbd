import type { ManifestDocument } from '../document.ts';
import type { ManifestChange } from '../editing/index.ts';
import type { Report } from '../meaning/report.ts';
import type { Capability, PluginManifest, ProfileId, SourcePath } from '../model.ts';
import type { JsonSchema } from '../shape/schema.ts';
import type { ShapeValidator } from '../shape/validator.ts';
import type { WritingInput } from '../writing/draft.ts';

/** What a plugin was refused, in canonical words; scopes are those of capabilities, `events`, `messages`, `commands`. */
export interface GrantNeed {
  readonly scope: string;
  readonly action: string;
  readonly resource: string;
  /** For the network: `https` where it is not said. */
  readonly protocol?: string | undefined;
}

/** Looks at the plugin's own files; a port, so that reading a manifest stays pure. */
export interface PluginFiles {
  /** @param relativePath within the plugin's folder, with `/`, without a leading `./` or a trailing slash. */
  kindOf(relativePath: string): 'file' | 'folder' | undefined;
  /**
   * The text of a small file beside the manifest; `undefined` when there is none, it is longer than 256 KiB or is no
   * UTF-8. Without this method nothing is compared across files.
   */
  textOf?(relativePath: string): string | undefined;
}

/** What is known about the machine the plugin is to run on. */
export interface Machine {
  /** In the words of Node's `process.platform`: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** In the words of Node's `process.arch`: `x64`, `arm64`. */
  readonly architecture: string;
  /** Runtime → semver of what is installed, `null` for none; a runtime that is left out is not judged. */
  readonly runtimes?: Readonly<Record<string, string | null>>;
  /** The time there, in milliseconds since the epoch; a permission that ended before is mentioned. */
  readonly now?: number;
}

/** Everything a profile's mapping sees and says. */
export interface MappingInput {
  readonly document: ManifestDocument;
  readonly files: PluginFiles;
  readonly report: Report;
  /** `undefined` when nothing is to be said about any machine. */
  readonly machine?: Machine | undefined;
}

/** One plugin system: data, and a mapping from its manifest to the canonical one. */
export interface Profile {
  readonly id: ProfileId;
  /** What people call the system. */
  readonly title: string;
  readonly schema: JsonSchema;
  /** Values of `$schema` that name it; one that ends in `/<id>.schema.json` does too. */
  readonly schemaUris: readonly string[];
  /** Names its manifests have. */
  readonly fileNames: readonly string[];
  /** Top-level fields no other system has; the more of them, the surer. */
  readonly marks: readonly string[];
  readonly validateShape: ShapeValidator;
  /** Checks what the shape can't say and maps to the canonical model; tolerates any value. */
  map(input: MappingInput): PluginManifest;
  /** The manifest line that would allow something, in the profile's own dialect. */
  describeGrant(need: GrantNeed): string;
  /** The changes that would allow something; empty when it is allowed already, or the dialect has no way to. */
  grant(need: GrantNeed, document: ManifestDocument): readonly ManifestChange[];
  /**
   * The changes that take grants back; `all` is everything the manifest grants. When left out, the places of `unused`
   * are removed, each a value of its own.
   */
  withdraw?(
    unused: readonly Capability[],
    all: readonly Capability[],
    document: ManifestDocument,
  ): readonly ManifestChange[];
  /** The changes that put narrower resources in the place of a grant's; when left out, it is one item of a list. */
  narrow?(
    capability: Capability,
    resources: readonly string[],
    document: ManifestDocument,
  ): readonly ManifestChange[];
  /** The fields of this profile's manifest for a plugin, whatever profile it comes from. */
  write(input: WritingInput): Readonly<Record<string, unknown>>;
  /** Fields the canonical manifest has no place for; a conversion to another profile says that it leaves them out. */
  readonly ownFields: readonly SourcePath[];
}

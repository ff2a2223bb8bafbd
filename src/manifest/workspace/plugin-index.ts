import type { ManifestDocument } from '../document.ts';
import type { PluginManifest } from '../model.ts';

/** A plugin of the workspace. */
export interface WorkspacePlugin {
  /** Absolute path of its manifest. */
  readonly file: string;
  /** As far as it can be mapped: a plugin that can't be loaded yet can be depended on all the same. */
  readonly manifest: PluginManifest;
  readonly document: ManifestDocument;
}

/** Which plugins have, need, answer or call a name; kept up to date one plugin at a time. */
export class PluginIndex {
  readonly #byFile = new Map<string, WorkspacePlugin>();
  readonly ids = new NameIndex();
  /** By the id depended on. */
  readonly dependants = new NameIndex();
  readonly exposers = new NameIndex();
  readonly consumers = new NameIndex();

  get(file: string): WorkspacePlugin | undefined {
    return this.#byFile.get(file);
  }

  all(): WorkspacePlugin[] {
    return [...this.#byFile.values()];
  }

  /** The plugins of an index that go by a name, in the order of their files. */
  named(index: NameIndex, name: string): WorkspacePlugin[] {
    return index.filesOf(name).flatMap(file => this.#byFile.get(file) ?? []);
  }

  add(plugin: WorkspacePlugin): void {
    this.#byFile.set(plugin.file, plugin);
    this.#eachName(plugin, (index, name) => index.add(name, plugin.file));
  }

  remove(file: string): void {
    const plugin = this.#byFile.get(file);
    if (plugin === undefined) return;
    this.#byFile.delete(file);
    this.#eachName(plugin, (index, name) => index.remove(name, file));
  }

  #eachName({ manifest }: WorkspacePlugin, use: (index: NameIndex, name: string) => void): void {
    if (manifest.id !== '') use(this.ids, manifest.id);
    for (const { id } of manifest.dependencies.plugins) use(this.dependants, id);
    for (const { id } of manifest.contributions.methods) use(this.exposers, id);
    for (const { id } of manifest.contributions.consumed ?? []) use(this.consumers, id);
  }
}

/** Name → the files that go by it. */
export class NameIndex {
  readonly #files = new Map<string, Set<string>>();

  filesOf(name: string): string[] {
    return [...(this.#files.get(name) ?? [])].sort();
  }

  names(): Iterable<string> {
    return this.#files.keys();
  }

  add(name: string, file: string): void {
    const files = this.#files.get(name);
    if (files === undefined) this.#files.set(name, new Set([file]));
    else files.add(file);
  }

  remove(name: string, file: string): void {
    const files = this.#files.get(name);
    files?.delete(file);
    if (files?.size === 0) this.#files.delete(name);
  }
}

import type { Finding } from '../../base/index.ts';
import type { ManifestReading } from '../read-manifest.ts';
import { crossFindings } from './cross-findings.ts';
import { type NameIndex, PluginIndex, type WorkspacePlugin } from './plugin-index.ts';
import { Wiring } from './wiring.ts';

/** The plugins of a workspace, and what is wrong between them. Ids are one space: the workbench runs all in one host. */
export interface PluginWorkspace {
  /**
   * Takes a manifest in, or its new version. A reading without a known profile takes the plugin out.
   *
   * @returns the files whose findings may be others now, this one first.
   */
  set(file: string, reading: ManifestReading): readonly string[];
  /** Takes a manifest out; returns the files whose findings may be others now, this one first. */
  delete(file: string): readonly string[];
  /**
   * Findings that need more than one plugin: an id used twice; dependencies that are missing, of another version, on
   * itself or in a circle; methods called that nobody exposes. Empty for a file that was not taken in.
   */
  findingsFor(file: string): readonly Finding[];
  plugins(): readonly WorkspacePlugin[];
  byId(id: string): readonly WorkspacePlugin[];
  exposersOf(method: string): readonly WorkspacePlugin[];
  consumersOf(method: string): readonly WorkspacePlugin[];
}

/** An empty workspace. */
export function createPluginWorkspace(): PluginWorkspace {
  const index = new PluginIndex();
  const cache = new Map<string, readonly Finding[]>();
  // File → files whose findings point into it.
  const mentions = new Mentions();

  const wiring = new Wiring(index);

  const replace = (file: string, next: WorkspacePlugin | undefined): readonly string[] => {
    const before = index.get(file);
    const touched = new Set([file, ...mentions.of(file)]);
    const addAll = (names: NameIndex, name: string) => {
      for (const other of names.filesOf(name)) touched.add(other);
    };
    const addCycle = (plugin: WorkspacePlugin | undefined) => {
      if (plugin === undefined) return;
      for (const id of wiring.circleOf(plugin)) addAll(index.ids, id);
    };
    const isRewired = wiresOf(before) !== wiresOf(next);
    if (isRewired) addCycle(before);
    index.remove(file);
    if (next !== undefined) index.add(next);
    if (isRewired) {
      for (const plugin of [before, next]) if (plugin !== undefined) wiring.forget(plugin);
      addCycle(next);
    }

    if (faceOf(before) !== faceOf(next)) {
      for (const plugin of [before, next]) {
        if (plugin === undefined) continue;
        addAll(index.ids, plugin.manifest.id);
        addAll(index.dependants, plugin.manifest.id);
      }
    }
    for (const method of changed(methodsOf(before), methodsOf(next))) addAll(index.consumers, method);
    for (const other of touched) {
      cache.delete(other);
      mentions.forget(other);
    }
    return [...touched];
  };

  return {
    set(file, { document, sketch: manifest }) {
      return replace(file, manifest === undefined ? undefined : { file, manifest, document });
    },
    delete: file => replace(file, undefined),
    findingsFor(file) {
      const plugin = index.get(file);
      if (plugin === undefined) return [];
      let findings = cache.get(file);
      if (findings === undefined) {
        findings = crossFindings(plugin, index, wiring);
        cache.set(file, findings);
        mentions.note(file, findings);
      }
      return findings;
    },
    plugins: () => index.all(),
    byId: id => index.named(index.ids, id),
    exposersOf: method => index.named(index.exposers, method),
    consumersOf: method => index.named(index.consumers, method),
  };
}

/** What others see of a plugin as a dependency. */
function faceOf(plugin: WorkspacePlugin | undefined): string {
  return plugin === undefined ? '' : JSON.stringify([plugin.manifest.id, plugin.manifest.version]);
}

/** What decides which circles a plugin is in. */
function wiresOf(plugin: WorkspacePlugin | undefined): string {
  if (plugin === undefined) return '';
  const { id, dependencies } = plugin.manifest;
  return JSON.stringify([id, ...dependencies.plugins.map(dependency => dependency.id)]);
}

function methodsOf(plugin: WorkspacePlugin | undefined): Set<string> {
  return new Set(plugin?.manifest.contributions.methods.map(method => method.id));
}

function changed(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...[...before].filter(name => !after.has(name)), ...[...after].filter(name => !before.has(name))];
}

/** Remembers which findings point into which files, so that they move along when the file is edited. */
class Mentions {
  readonly #by = new Map<string, Set<string>>();
  readonly #targets = new Map<string, readonly string[]>();

  of(file: string): Iterable<string> {
    return this.#by.get(file) ?? [];
  }

  note(file: string, findings: readonly Finding[]): void {
    const targets = findings.flatMap(finding => (finding.related ?? []).map(place => place.file));
    this.#targets.set(file, targets);
    for (const target of targets) {
      const files = this.#by.get(target);
      if (files === undefined) this.#by.set(target, new Set([file]));
      else files.add(file);
    }
  }

  forget(file: string): void {
    for (const target of this.#targets.get(file) ?? []) this.#by.get(target)?.delete(file);
    this.#targets.delete(file);
  }
}

import { Circles, type Way } from './circles.ts';
import { cycleMembers, type Edges } from './cycles.ts';
import type { PluginIndex, WorkspacePlugin } from './plugin-index.ts';

/**
 * Who depends on whom, by id. A large workspace is asked the same thing for each of its plugins, so the answers are
 * kept until a plugin changes that they came from.
 */
export class Wiring {
  readonly #index: PluginIndex;
  readonly #forward = new Map<string, readonly string[]>();
  readonly #backward = new Map<string, readonly string[]>();
  #circles: Circles | undefined;

  constructor(index: PluginIndex) {
    this.#index = index;
  }

  /** The ids a plugin id depends on. */
  readonly edges: Edges = id => {
    let ids = this.#forward.get(id);
    if (ids === undefined) {
      ids = this.#index
        .named(this.#index.ids, id)
        .flatMap(({ manifest }) => manifest.dependencies.plugins.map(other => other.id));
      this.#forward.set(id, ids);
    }
    return ids;
  };

  readonly #backEdges: Edges = id => {
    let ids = this.#backward.get(id);
    if (ids === undefined) {
      ids = this.#index.named(this.#index.dependants, id).map(({ manifest }) => manifest.id);
      this.#backward.set(id, ids);
    }
    return ids;
  };

  /** The ids that are in a circle with a plugin, its own included; none when it is in no circle. */
  circleOf({ manifest }: WorkspacePlugin): Iterable<string> {
    const { id, dependencies } = manifest;
    // Most plugins have nobody before or behind them, and a workspace that is read plugin by plugin asks for each.
    if (dependencies.plugins.length === 0 || this.#backEdges(id).length === 0) return [];
    return cycleMembers(id, this.edges, this.#backEdges);
  }

  /** How one id leads to another that leads back to it; `undefined` where there is no such circle. */
  wayBack(from: string, to: string): Way | undefined {
    this.#circles ??= new Circles(this.#index.ids.names(), this.edges);
    return this.#circles.way(from, to);
  }

  /** Forgets what a plugin had to do with, as it was or as it is now. */
  forget({ manifest }: WorkspacePlugin): void {
    this.#circles = undefined;
    this.#forward.delete(manifest.id);
    for (const { id } of manifest.dependencies.plugins) this.#backward.delete(id);
  }
}

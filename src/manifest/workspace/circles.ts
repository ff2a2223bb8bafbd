import { components, type Edges } from './cycles.ts';

/** Most ids of a way that are told; nobody follows more. */
export const maxSteps = 10;
/** Edges that are looked at for a shortest way; beyond, any way will do. */
const maxLooks = 64;

/** A way from one id to another. */
export interface Way {
  /** The first ids, at most {@link maxSteps}; the one it leads to is the last when the way is told whole. */
  readonly ids: readonly string[];
  readonly isWhole: boolean;
}

/** For each id of a component: the next id on a way to one of them, and the one before it on a way from there. */
interface Tree {
  readonly toRoot: ReadonlyMap<string, string>;
  readonly fromRoot: ReadonlyMap<string, string>;
}

/**
 * The ids that depend on each other in circles. Each plugin of a circle is told how the circle runs; a thousand of them
 * would be walked through a thousand times, so a way is looked for only so far, and then pieced together from two trees
 * that serve the whole component.
 */
export class Circles {
  readonly #edges: Edges;
  readonly #component: ReadonlyMap<string, number>;
  readonly #members = new Map<number, string[]>();
  readonly #trees = new Map<number, Tree>();

  constructor(ids: Iterable<string>, edges: Edges) {
    this.#edges = edges;
    this.#component = components(ids, edges);
    for (const [id, number] of this.#component) {
      const members = this.#members.get(number);
      if (members === undefined) this.#members.set(number, [id]);
      else members.push(id);
    }
  }

  /** A way between two ids that depend on each other, the shortest unless that is long; `undefined` when they don't. */
  way(from: string, to: string): Way | undefined {
    const component = this.#component.get(from);
    if (component === undefined || component !== this.#component.get(to)) return undefined;
    const path = this.#shortPath(from, to, component) ?? this.#pieced(from, to, component);
    return { ids: path.slice(0, maxSteps), isWhole: path.length <= maxSteps && path.at(-1) === to };
  }

  #within(id: string, component: number): readonly string[] {
    return this.#edges(id).filter(next => this.#component.get(next) === component);
  }

  #shortPath(from: string, to: string, component: number): string[] | undefined {
    const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
    let looks = 0;
    for (const id of cameFrom.keys()) {
      if (id === to) return unwind(id, cameFrom);
      for (const next of this.#within(id, component)) {
        if (++looks > maxLooks) return undefined;
        if (!cameFrom.has(next)) cameFrom.set(next, id);
      }
    }
    return undefined;
  }

  /** Towards the root of the component, and from there on; only as far as it is told. */
  #pieced(from: string, to: string, component: number): string[] {
    const { toRoot, fromRoot } = this.#treeOf(component);
    const there: string[] = [];
    for (let id: string | undefined = from; id !== undefined; id = toRoot.get(id)) {
      there.push(id);
      if (id === to || there.length > maxSteps) return there;
    }
    const onwards = unwind(to, fromRoot);
    const place = new Map(onwards.map((id, index) => [id, index]));
    // Where the second part crosses the first, what is between would lead in a circle.
    const crossing = there.findIndex(id => place.has(id));
    return [...there.slice(0, crossing), ...onwards.slice(place.get(there[crossing] ?? '') ?? 0)];
  }

  #treeOf(component: number): Tree {
    let tree = this.#trees.get(component);
    if (tree === undefined) {
      const members = this.#members.get(component) ?? [];
      const backward = new Map<string, string[]>(members.map(id => [id, []]));
      for (const id of members) for (const next of this.#within(id, component)) backward.get(next)?.push(id);
      const [root = ''] = members;
      tree = {
        fromRoot: spread(root, id => this.#within(id, component)),
        toRoot: spread(root, id => backward.get(id) ?? []),
      };
      this.#trees.set(component, tree);
    }
    return tree;
  }
}

/** Each id that can be reached with the one it is reached from; the root with none. */
function spread(root: string, edges: Edges): Map<string, string> {
  const cameFrom = new Map<string, string>();
  const queue = [root];
  for (const id of queue) {
    for (const next of edges(id)) {
      if (next === root || cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return cameFrom;
}

function unwind(last: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let id: string | undefined = last; id !== undefined; id = cameFrom.get(id)) path.push(id);
  return path.reverse();
}

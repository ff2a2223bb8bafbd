/** The ids a plugin id depends on. */
export type Edges = (id: string) => readonly string[];

/** The ids that depend on an id and that it depends on, through any number of others; empty when it is in no cycle. */
export function cycleMembers(id: string, forward: Edges, backward: Edges): Set<string> {
  const reached = reach(id, forward);
  if (!reached.has(id)) return new Set();
  const reaching = reach(id, backward);
  return new Set([...reached].filter(other => reaching.has(other)));
}

/** The ids an id leads to in one step or more. */
function reach(from: string, edges: Edges): Set<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of edges(id)) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

/** A shortest way from one id to another, both included; `undefined` when there is none. */
export function shortestPath(from: string, to: string, edges: Edges): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (const id of queue) {
    if (id === to) return unwind(id, cameFrom);
    for (const next of edges(id)) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return undefined;
}

function unwind(last: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let id: string | undefined = last; id !== undefined; id = cameFrom.get(id)) path.push(id);
  return path.reverse();
}

/**
 * Each id with the number of its strongly connected component: ids of one number lead to each other (Tarjan, 1972,
 * without recursion: a chain of plugins may be longer than the stack is deep).
 */
export function components(ids: Iterable<string>, edges: Edges): Map<string, number> {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const found = new Map<string, number>();
  const pending: string[] = [];
  for (const root of ids) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.left.pop();
      if (next === undefined) {
        path.pop();
        leave(step.id, path.at(-1)?.id);
      } else if (!order.has(next)) path.push(enter(next));
      else if (!found.has(next)) lower(step.id, order.get(next));
    }
  }
  return found;

  function enter(id: string): { readonly id: string; readonly left: string[] } {
    low.set(id, order.size);
    order.set(id, order.size);
    pending.push(id);
    return { id, left: [...edges(id)] };
  }
  function lower(id: string, to = 0): void {
    low.set(id, Math.min(low.get(id) ?? 0, to));
  }
  function leave(id: string, parent: string | undefined): void {
    if (parent !== undefined) lower(parent, low.get(id));
    if (low.get(id) !== order.get(id)) return;
    const component = found.size;
    for (let member = pending.pop(); member !== undefined; member = pending.pop()) {
      found.set(member, component);
      if (member === id) return;
    }
  }
}

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
  for (let id: string | undefined = last; id !== undefined; id = cameFrom.get(id)) path.unshift(id);
  return path;
}

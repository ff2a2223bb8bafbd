import type { Binding } from '../ir/index.ts';
import type { Abstract } from './abstract.ts';
import { join, unknown } from './make.ts';

/** What changed between two moments: the new value of everything written. */
export type Changes = ReadonlyMap<Key, Abstract>;

/** A variable, or a place inside one (`request.query.id`) that a test has told something about. */
type Key = Binding | string;

/**
 * What the variables hold at one point of the program. Branches are run one after the other on the same map: a log of what
 * was overwritten takes each back before the next, so that a branch costs what it changes.
 */
export class Environment {
  readonly #values = new Map<Key, Abstract>();
  /** What was overwritten since the outermost open branch began; outside branches nothing is ever taken back. */
  #log: { readonly key: Key; readonly before: Abstract | undefined }[] = [];
  #open = 0;

  get(key: Key): Abstract | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Abstract): void {
    if (this.#open > 0) this.#log.push({ key, before: this.#values.get(key) });
    this.#values.set(key, value);
  }

  /** Runs a branch and takes its writes back. */
  branch(run: () => void): Changes {
    const mark = this.#log.length;
    this.#open++;
    try {
      run();
    } finally {
      this.#open--;
    }
    const changes = new Map<Key, Abstract>();
    while (this.#log.length > mark) {
      const entry = this.#log.pop();
      if (entry === undefined) break;
      const { key, before } = entry;
      if (!changes.has(key)) changes.set(key, this.#values.get(key) ?? unknown);
      if (before === undefined) this.#values.delete(key);
      else this.#values.set(key, before);
    }
    return changes;
  }

  /**
   * Runs a function's body: its own variables are nobody's business afterwards, so that the branches around the call
   * need not take them back and join them, each in turn. Their values stay for closures.
   */
  scoped(run: () => void, isLocal: (key: Key) => boolean): void {
    const mark = this.#log.length;
    run();
    let kept = mark;
    for (let index = mark; index < this.#log.length; index++) {
      const entry = this.#log[index];
      if (entry !== undefined && !isLocal(entry.key)) this.#log[kept++] = entry;
    }
    this.#log.length = kept;
  }

  /** Goes on after branches of which any may have been taken; an empty map is the branch that did nothing. */
  merge(branches: readonly Changes[]): void {
    const [only] = branches;
    if (only === undefined) return;
    if (branches.length === 1) {
      for (const [key, value] of only) this.set(key, value);
      return;
    }
    for (const key of keysOf(branches)) {
      const before = this.#values.get(key);
      // What is known of a place inside a variable holds only where every branch says so.
      if (typeof key === 'string' && before === undefined && !branches.every(one => one.has(key))) continue;
      let merged: Abstract | undefined;
      for (const changes of branches) {
        const value = changes.get(key) ?? before;
        if (value === undefined) continue;
        merged = merged === undefined ? value : join(merged, value);
      }
      if (merged !== undefined && merged !== before) this.set(key, merged);
    }
  }
}

/** What any of the branches changed, each once; most often only one of them changed anything. */
function keysOf(branches: readonly Changes[]): Iterable<Key> {
  const changing = branches.filter(({ size }) => size > 0);
  const [only] = changing;
  if (only !== undefined && changing.length === 1) return only.keys();
  const keys = new Set<Key>();
  for (const changes of changing) for (const key of changes.keys()) keys.add(key);
  return keys;
}

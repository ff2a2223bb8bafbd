/** Something listed under a pattern. */
interface Entry<T> {
  readonly pattern: string;
  readonly parts: readonly string[];
  readonly value: T;
}

/** What a call or a read can be known by. */
export interface Subject {
  readonly paths: readonly string[];
  /** The last part as written. */
  readonly name: string;
  /** It is a member of something; `isUnknown` when nothing is known of that something. */
  readonly receiver: 'none' | 'known' | 'unknown';
}

/**
 * Things listed under patterns of paths (see `Knowledge`), found by the last part of a name: what most places are called
 * is in no table at all, and that is known after one look-up.
 */
export class PathPatterns<T> {
  readonly #byName = new Map<string, Entry<T>[]>();
  /** Patterns that end in `*`. */
  readonly #open: Entry<T>[] = [];
  readonly #found = new Map<string, readonly T[]>();

  add(pattern: string, value: T): void {
    const parts = pattern.split('.');
    const last = parts.at(-1) ?? '';
    const entry = { pattern, parts, value };
    if (last.includes('*')) this.#open.push(entry);
    else {
      const known = this.#byName.get(last);
      if (known === undefined) this.#byName.set(last, [entry]);
      else known.push(entry);
    }
  }

  /** Whether anything could be found for a name; saves making a subject. */
  mayKnow(name: string): boolean {
    return this.#open.length > 0 || this.#byName.has(name) || this.#byName.has(`${name}()`);
  }

  /** What is listed for a path. */
  at(path: string): readonly T[] {
    const known = this.#found.get(path);
    if (known !== undefined) return known;
    const parts = path.split('.');
    const entries = this.#byName.get(parts.at(-1) ?? '');
    const found: T[] = [];
    for (const list of entries === undefined ? [this.#open] : [entries, this.#open]) {
      for (const entry of list) {
        if (entry.parts[0] !== '?' && matches(entry.parts, parts)) found.push(entry.value);
      }
    }
    if (this.#found.size >= MAX_FOUND) this.#found.clear();
    this.#found.set(path, found);
    return found;
  }

  /** Most things are in no table, and that is known by the last parts of their names. */
  #isUnlisted({ paths, name }: Subject): boolean {
    if (this.#open.length > 0 || this.#byName.has(name)) return false;
    for (const path of paths) {
      if (!path.endsWith(name) && this.#byName.has(path.slice(path.lastIndexOf('.') + 1))) return false;
    }
    return true;
  }

  /** What is listed for any of the names something goes by. */
  find(subject: Subject): readonly T[] {
    if (this.#isUnlisted(subject)) return NOTHING;
    if (subject.paths.length === 1 && subject.receiver !== 'unknown') {
      const found = this.at(subject.paths[0] ?? '');
      // The name as written may differ from the path's, as with `fs.promises.readFile`; then `**` counts too.
      if (found.length > 0 || !this.#byName.has(subject.name)) return found;
    }
    const found = new Set<T>();
    for (const path of subject.paths) for (const value of this.at(path)) found.add(value);
    for (const { parts, value } of this.#byName.get(subject.name) ?? []) {
      const [first] = parts;
      if (parts.length !== 2) continue;
      if (first === '?' ? subject.receiver === 'unknown' : first === '**' && subject.receiver !== 'none') {
        found.add(value);
      }
    }
    for (const { pattern, value } of this.#open) if (pattern === '*') found.add(value);
    return [...found];
  }
}

const NOTHING: readonly never[] = [];

/** As many paths as are remembered; hostile files have new ones without end. */
const MAX_FOUND = 20_000;

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length === 1 && pattern[0] === '*') return true;
  if (pattern[0] === '**') {
    const tail = pattern.slice(1);
    return path.length > tail.length && matchesAll(tail, path.slice(path.length - tail.length));
  }
  return pattern.length === path.length && matchesAll(pattern, path);
}

function matchesAll(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.every((part, index) => {
    const one = path[index];
    // `*()` is the result of any call: builders give themselves back.
    return part === '*' || part === one || (part === '*()' && one?.endsWith('()') === true);
  });
}

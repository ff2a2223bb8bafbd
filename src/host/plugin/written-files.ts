/** So many are remembered; a change of one that was written before is taken for a change of the source. */
const MOST_REMEMBERED = 1000;

/** The files that the host has written for a plugin, which are none of its source. */
export interface WrittenFiles {
  /** @param path real, absolute */
  add(path: string): void;
  list(): readonly string[];
}

/** Makes an empty list; the oldest go when it is full. */
export function createWrittenFiles(): WrittenFiles {
  const paths = new Set<string>();
  return {
    add: path => {
      // The newest are at the end.
      paths.delete(path);
      paths.add(path);
      const [oldest] = paths;
      if (paths.size > MOST_REMEMBERED && oldest !== undefined) paths.delete(oldest);
    },
    list: () => [...paths],
  };
}

import type { RuntimeFinder } from '../manifest/disk/index.ts';
import { thisMachine } from '../manifest/disk/index.ts';
import { type Machine, type ManifestReading, runtimesOf } from '../manifest/index.ts';
import type { Boundary } from './boundary.ts';

/** What is known of the machine, and which manifests it matters to. Nothing is looked for that no manifest names. */
export interface MachineWatch {
  /** For reading a manifest now; what is being looked for is not judged yet. */
  machine(): Machine;
  /** Says what was read at a path; when it names runtimes nobody has looked for, they are looked for. */
  met(path: string, reading: ManifestReading | undefined): void;
  /** Looks for all of them again, because something about them may have changed. */
  again(): void;
  /** Says about which runtimes nothing is judged, because the person has chosen them elsewhere. */
  leaveOut(runtimes: readonly string[]): void;
}

/** What {@link createMachineWatch} works with. */
export interface MachineWatchParts {
  readonly boundary: Boundary;
  readonly finder: RuntimeFinder;
  /** Checks manifests again, open or not. */
  recheck(paths: readonly string[]): void;
}

export function createMachineWatch({ boundary, finder, recheck }: MachineWatchParts): MachineWatch {
  // Manifest → the runtimes it names.
  const named = new Map<string, readonly string[]>();
  const wanted = new Set<string>();
  let leftOut: readonly string[] = [];
  let isLooking = false;

  const recheckThoseOf = (runtimes: readonly string[]): void => {
    const paths = [...named].filter(([, names]) => names.some(name => runtimes.includes(name)));
    if (paths.length > 0) recheck(paths.map(([path]) => path));
  };
  /** What is asked for while it looks is looked for next, and together. */
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      while (wanted.size > 0) {
        const names = [...wanted];
        wanted.clear();
        recheckThoseOf(await finder.find(names));
      }
    } finally {
      isLooking = false;
    }
  };
  const want = (names: Iterable<string>): void => {
    for (const name of names) wanted.add(name);
    boundary.run('looking for runtimes', look);
  };

  return {
    machine() {
      const known = Object.entries(finder.known()).filter(([name]) => !leftOut.includes(name));
      return thisMachine(Object.fromEntries(known));
    },
    met(path, reading) {
      const names = reading?.sketch === undefined ? [] : runtimesOf(reading.sketch);
      if (names.length === 0) {
        named.delete(path);
        return;
      }
      named.set(path, names);
      want(names);
    },
    again() {
      finder.forget();
      want(new Set([...named.values()].flat()));
    },
    leaveOut(runtimes) {
      if (runtimes.join() === leftOut.join()) return;
      const changed = [...leftOut, ...runtimes];
      leftOut = runtimes;
      recheckThoseOf(changed);
    },
  };
}

import { askVersion } from './ask-version.ts';
import { findProgram } from './find-program.ts';
import { runtimePrograms } from './programs.ts';

/** Runtime → semver of what is installed, `null` for none. What is not known is left out. */
export type InstalledRuntimes = Readonly<Record<string, string | null>>;

/**
 * Finds out which runtimes are installed, by asking the programs on PATH. Those are the user's own, whatever workspace
 * is open and whether or not it is trusted; what a workspace brings along is never run.
 */
export interface RuntimeFinder {
  /** What has been found out by now. */
  known(): InstalledRuntimes;
  /**
   * Looks for runtimes that were not looked for yet, all at once; of those under way it waits for the end. Never rejects.
   *
   * @returns those about which something else is known than before
   */
  find(names: Iterable<string>): Promise<readonly string[]>;
  /** Makes the next {@link find} look again; until then what was known holds. */
  forget(): void;
}

export interface RuntimeFinderOptions {
  /** The value of PATH; by default that of this process. */
  readonly path?: string | undefined;
  /** Absolute paths of folders out of which nothing is run, such as those that are open. Asked each time. */
  untrusted(): readonly string[];
  /** How long one program may take, in milliseconds. Default: 10 000, for a version manager on a busy machine. */
  readonly timeLimitMs?: number;
  readonly platform?: NodeJS.Platform;
}

/** @param signal ends the programs that are still running */
export function createRuntimeFinder(options: RuntimeFinderOptions, signal?: AbortSignal): RuntimeFinder {
  const { timeLimitMs = 10_000, platform = process.platform } = options;
  const path = options.path ?? process.env['PATH'] ?? '';
  const found = new Map<string, string | null>();
  let asked = new Map<string, Promise<boolean>>();

  const look = async (name: string): Promise<string | null | undefined> => {
    for (const program of runtimePrograms[name] ?? []) {
      const place = await findProgram(program.name, { path, untrusted: options.untrusted(), platform });
      if (place === undefined) continue;
      // One that is not run, or does not answer, is there all the same, in no known version.
      if (place === 'refused') return undefined;
      return askVersion(place.file, program, { path, timeLimitMs }, signal);
    }
    return null;
  };

  const lookAndNote = async (name: string, round: typeof asked): Promise<boolean> => {
    const version = await look(name);
    // It is news to those who waited, and to nobody who asks later.
    round.set(name, Promise.resolve(false));
    const before = found.get(name);
    // Somebody has made it be looked for again meanwhile, or nobody wants to know any more.
    if (round !== asked || signal?.aborted || before === version) return false;
    if (version === undefined) found.delete(name);
    else found.set(name, version);
    return true;
  };

  return {
    known: () => Object.fromEntries(found),
    async find(names) {
      const wanted = [...new Set(names)].filter(name => Object.hasOwn(runtimePrograms, name));
      const round = asked;
      const changes = await Promise.all(
        wanted.map(name => {
          const answer = round.get(name) ?? lookAndNote(name, round);
          round.set(name, answer);
          return answer;
        }),
      );
      return wanted.filter((_, index) => changes[index]);
    },
    forget: () => {
      asked = new Map();
    },
  };
}

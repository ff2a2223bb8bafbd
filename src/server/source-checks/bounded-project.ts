import type { Analyzer, ParseCache, Project, ProjectPorts } from '../../analysis/index.ts';

/** As long as one look may take for files that were never parsed before, give or take one file. */
const PARSING_MS = 40;

/** A plugin of which only so many new files are taken in at once. */
export interface BoundedProject {
  readonly project: Project;
  /** Whether every file that was asked for was taken in; if not, the next project gets further, because it finds more parsed. */
  isWhole(): boolean;
}

/** Opens a plugin for one look that is not to keep others waiting. */
export function openBounded(
  analyzer: Pick<Analyzer, 'open'>,
  ports: Omit<ProjectPorts, 'parses'>,
  parses: ParseCache,
): BoundedProject {
  let spent = 0;
  let isWhole = true;
  const measured: ParseCache = {
    ...parses,
    get: (text, language, parse) =>
      parses.get(text, language, () => {
        const began = performance.now();
        const parsed = parse();
        spent += performance.now() - began;
        return parsed;
      }),
  };
  const project = analyzer.open({
    ...ports,
    parses: measured,
    read: file => {
      const found = ports.read(file);
      if (found === undefined || spent < PARSING_MS || parses.has(found.text, found.language)) return found;
      isWhole = false;
      return undefined;
    },
  });
  return { project, isWhole: () => isWhole };
}

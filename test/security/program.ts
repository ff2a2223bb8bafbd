/**
 * Makes every attempt in a host of its own for each language, as whatever user runs this. What came of each is a line
 * of JSON on stdout. `security.test.ts` bundles and starts it.
 */
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ArenaOptions, openArena } from './arena/index.ts';
import { type Attempt, attempts, type Language } from './attempts/index.ts';

/** What it is told, as JSON in the file that its argument names. */
export interface ProgramOptions extends Omit<ArenaOptions, 'language' | 'program'> {
  readonly languages: readonly { readonly id: Language; readonly program?: string }[];
  /** A folder for the programs of the intruders that were built here; undefined: they are not kept. */
  readonly keepIn?: string | undefined;
  /** Only attempts whose title matches this pattern. */
  readonly only?: string | undefined;
}

/** What came of an attempt. */
export interface Outcome {
  readonly language: Language;
  readonly area: string;
  readonly title: string;
  readonly result: 'refused' | 'escaped' | 'skipped' | 'failed';
  /** What escaped, why it was skipped, what failed, or how it was refused. */
  readonly detail: string;
  readonly milliseconds: number;
}

const { languages, only, keepIn, ...options } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
) as ProgramOptions;

const isWanted = ({ languages: able, title, control }: Attempt, language: Language): boolean =>
  (able?.includes(language) ?? true) &&
  (only === undefined || new RegExp(only).test(title)) &&
  (options.confined || control === true);

let turn: Promise<unknown> = Promise.resolve();

/** Begins when everything that was handed over before is done. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

async function makeAll(language: Language, program: string | undefined): Promise<void> {
  const tell = (outcome: Omit<Outcome, 'language'>): void => {
    process.stdout.write(`${JSON.stringify({ language, ...outcome })}\n`);
  };
  const arena = await openArena({ ...options, language, program }).catch((error: unknown) => {
    const detail = error instanceof Error ? `${error.stack}` : String(error);
    tell({ area: '', title: 'start', result: 'failed', detail, milliseconds: 0 });
  });
  if (arena === undefined) return;
  try {
    const isBuilt = language === 'go' || language === 'rust';
    if (keepIn !== undefined && isBuilt)
      copyFileSync(`/proc/${arena.pid()}/exe`, path.join(keepIn, language));
    for (const attempt of attempts.filter(one => isWanted(one, language))) {
      const { area, title } = attempt;
      const begun = performance.now();
      const finish = (result: Outcome['result'], detail: string): void =>
        tell({ area, title, result, detail, milliseconds: Math.round(performance.now() - begun) });
      const why = attempt.skip?.(arena);
      if (why !== undefined) {
        finish('skipped', why);
        continue;
      }
      try {
        const { answer, escaped } = await (attempt.alone
          ? inTurn(() => arena.make(attempt))
          : arena.make(attempt));
        if (escaped.length > 0) finish('escaped', escaped.join('; '));
        else finish('refused', JSON.stringify(answer).slice(0, 200));
      } catch (error) {
        finish('failed', error instanceof Error ? `${error.stack}` : String(error));
      }
    }
  } finally {
    await arena.dispose();
  }
}

await Promise.all(languages.map(({ id, program }) => makeAll(id, program)));

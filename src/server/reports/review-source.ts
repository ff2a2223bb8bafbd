import { relative, sep } from 'node:path';
import {
  type Analyzer,
  asTestCode,
  isTestCode,
  mergeFindings,
  type Project,
  type RuleLevels,
  rules,
  type Suppressed,
  withLevels,
} from '../../analysis/index.ts';
import type { Finding } from '../../base/index.ts';
import { createSourceReader } from '../source-checks/index.ts';
import { MAX_REVIEWED_FILES, sourcesOf } from './plugin-sources.ts';

/** As much text as is looked at together, in UTF-16 code units: trees of whole plugins would fill the memory. */
const MAX_TOGETHER = 4 * 1024 * 1024;

/** What is wrong with the source of a plugin. */
export interface SourceReview {
  readonly findings: readonly Finding[];
  /** What the author has switched off, and why. */
  readonly suppressed: readonly Suppressed[];
  /** How many files were looked at. */
  readonly files: number;
  /** Those that could not be, absolute. */
  readonly unread: readonly string[];
  /** Whether there were more files than a review looks at. */
  readonly isCut: boolean;
}

/** What a review of source works with. */
export interface SourceReviewParts {
  readonly analyzer: Analyzer;
  readonly levels: RuleLevels;
  /** The text of an open document by its absolute path. */
  openText(file: string): string | undefined;
  /** Awaited between files, so that others get their turn. */
  breathe(): Promise<void>;
  isCancelled(): boolean;
}

/** Looks through all the source of a plugin, its files together; `undefined` when cancelled. */
export async function reviewSource(
  folder: string,
  { analyzer, levels, openText, breathe, isCancelled }: SourceReviewParts,
): Promise<SourceReview | undefined> {
  const names: string[] = [];
  const open = new Map<string, string>();
  for await (const file of sourcesOf(folder, isCancelled)) {
    names.push(relative(folder, file).split(sep).join('/'));
    const text = openText(file);
    if (text !== undefined) open.set(file, text);
  }
  const reviewed = names.slice(0, MAX_REVIEWED_FILES);
  const own = new Set(reviewed);
  const files = createSourceReader().filesOf(folder, open);
  const found: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const unread: string[] = [];
  let project: Project | undefined;
  let length = 0;
  for (const name of reviewed) {
    if (isCancelled()) return undefined;
    const source = files.read(name);
    if (source === undefined) {
      unread.push(files.absolute(name));
      continue;
    }
    if (project === undefined || length > MAX_TOGETHER) {
      project = analyzer.open({ ...files, isTarget: file => own.has(file) });
      length = 0;
    }
    length += source.text.length;
    found.push(...project.analyze(name));
    suppressed.push(...project.suppressed(name));
    await breathe();
  }
  if (isCancelled()) return undefined;
  const tests = new Set(reviewed.filter(name => isTestCode(name)).map(name => files.absolute(name)));
  const findings = withLevels(mergeFindings(found, rules), levels, rules).map(finding =>
    tests.has(finding.file) ? asTestCode(finding) : finding,
  );
  return {
    findings,
    suppressed: onePerPlace(suppressed),
    files: reviewed.length - unread.length,
    unread,
    isCut: names.length > MAX_REVIEWED_FILES,
  };
}

/** A file may be met when others are looked at, too. */
function onePerPlace(suppressed: readonly Suppressed[]): Suppressed[] {
  const places = new Map<string, Suppressed>();
  for (const one of suppressed) {
    const { file, code, range } = one.finding;
    places.set(`${file}\0${code}\0${range.start.line}:${range.start.character}`, one);
  }
  return [...places.values()];
}

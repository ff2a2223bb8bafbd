import { join } from 'node:path';
import { type Analyzer, SCAN_TOO_LARGE } from '../../analysis/index.ts';
import type { Finding } from '../../base/index.ts';
import { SCAN_UNREADABLE, unchecked } from '../read-source.ts';
import { type Chunk, nameIn } from './chunk.ts';
import type { Place } from './place.ts';
import { projectFiles } from './project-files.ts';

/** What a look at one file found. Crosses threads as a message. */
export interface LookedAt {
  /** Absolute path. */
  readonly file: string;
  /** Absolute path of its project. */
  readonly root: string;
  /** What the file was, for the cache. */
  readonly hash: string;
  /** Its own, and those that it causes in others. */
  readonly findings: readonly Finding[];
  /** What these depend on besides: names in the project, folders with `/` at their end, and what each was. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Whether another look would find the same; not so when time or the file system decided. */
  readonly isLasting: boolean;
}

/** Looks at the files of a chunk one by one; data is followed among the files of the project. */
export function openChunk({ root, places }: Chunk, analyzer: Analyzer): (place: Place) => LookedAt {
  const wanted = new Map(places.map(({ file, language }) => [nameIn(root, file), language]));
  const files = projectFiles(root, wanted);
  const project = analyzer.open({
    read: files.read,
    filesIn: files.filesIn,
    absolute: name => join(root, name),
    isTarget: name => wanted.has(name),
  });
  return ({ file }) => {
    const name = nameIn(root, file);
    const found = project.analyze(name);
    const problem = files.problemOf(name);
    // It went away between listing and reading.
    const findings = problem === undefined ? found : [problem];
    const dependencies: Record<string, string> = {};
    for (const other of project.dependenciesOf(name)) dependencies[other] = files.hashOf(other);
    const isLasting = !findings.some(({ code }) => code === SCAN_TOO_LARGE || code === SCAN_UNREADABLE);
    return { file, root, hash: files.hashOf(name), findings, dependencies, isLasting };
  };
}

/** What is said of a file whose look came to no end. */
export function abandoned({ file, root }: Place, reason: string): LookedAt {
  return {
    file,
    root,
    hash: '',
    findings: [unchecked(file, SCAN_TOO_LARGE, reason)],
    dependencies: {},
    isLasting: false,
  };
}

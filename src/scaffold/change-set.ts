import { join } from 'node:path';
import { WorkbenchError } from '../base/index.ts';

/** Files to write: path relative to a folder, with `/` → whole text. */
export type ChangeSet = ReadonlyMap<string, string>;

/** The files of a disk, or of anything like one. Paths are absolute. */
export interface ScaffoldFiles {
  /** The text of a file; `undefined` when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Makes a file and the folders it is in. Rejects when something is there already. */
  create(path: string, text: string): Promise<void>;
}

/** What writing a change set would do with one file. */
export interface PlannedChange {
  readonly path: string;
  /** `conflict`: there is a file with another text, which writing would refuse to replace. */
  readonly kind: 'create' | 'unchanged' | 'conflict';
  readonly text: string;
}

/** Compares a change set with what is there; writes nothing. */
export async function previewChangeSet(
  dir: string,
  changes: ChangeSet,
  files: ScaffoldFiles,
): Promise<PlannedChange[]> {
  return Promise.all(
    [...changes].map(async ([path, text]): Promise<PlannedChange> => {
      const present = await files.read(join(dir, path));
      const kind = present === undefined ? 'create' : present === text ? 'unchanged' : 'conflict';
      return { path, kind, text };
    }),
  );
}

/**
 * Writes a change set into a folder. Files that are there with the same text are left alone, so a second run changes
 * nothing; when one is there with another text, nothing at all is written.
 *
 * @throws WorkbenchError `PW-SCAFFOLD-CONFLICT`, with the paths in `details.files`
 */
export async function writeChangeSet(
  dir: string,
  changes: ChangeSet,
  files: ScaffoldFiles,
): Promise<PlannedChange[]> {
  const plan = await previewChangeSet(dir, changes, files);
  const conflicts = plan.filter(change => change.kind === 'conflict').map(change => change.path);
  if (conflicts.length > 0) {
    throw new WorkbenchError(
      'PW-SCAFFOLD-CONFLICT',
      `There are other files in ${dir}: ${conflicts.join(', ')}.`,
      {
        nextStep: 'Choose another folder, or move these files away.',
        details: { files: conflicts },
      },
    );
  }
  for (const { path, kind, text } of plan) if (kind === 'create') await files.create(join(dir, path), text);
  return plan;
}

import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../../scripts/bare/root.mjs';

/** A folder of one run, and what is in it. */
export interface RunFolder {
  /** The examples, copied: the workspace that the window opens. */
  readonly workspace: string;
  /** What VS Code keeps: settings, extensions, state. */
  readonly vscodeData: string;
  /** Takes everything away. */
  remove(): Promise<void>;
}

/** Copies the examples to a fresh workspace, so that tests may change them. */
export async function createRunFolder(): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-test-'));
  // An interrupted run ends without its finally.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'examples');
  await cp(join(root, 'examples'), workspace, {
    recursive: true,
    filter: source => basename(source) !== 'node_modules',
  });
  const vscodeData = join(folder, 'vscode');
  await mkdir(vscodeData);
  return { workspace, vscodeData, remove: () => rm(folder, { recursive: true, force: true }) };
}

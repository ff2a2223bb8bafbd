import { isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../../protocol/editor/index.ts';
import type { PluginFolder } from '../plugins/plugin-folder.ts';

/** Where a problem is shown. Zero-based, as editors count. */
export interface ProblemPlace {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

/**
 * The place of a problem: what the plugin's error says, when that is inside the plugin's folder, else the first line
 * of its manifest. The location comes out of a stack trace, so a plugin can write anything into it.
 */
export function placeOf(problem: Problem, folder: PluginFolder): ProblemPlace {
  const { location } = problem;
  if (location !== undefined) {
    for (const root of [folder.dir, folder.realDir]) {
      const inside = relative(root, resolve(location.file));
      if (inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)) {
        return {
          file: resolve(folder.dir, inside),
          line: Math.max(0, location.line - 1),
          character: Math.max(0, location.column - 1),
        };
      }
    }
  }
  return { file: folder.manifestFile, line: 0, character: 0 };
}

import { join } from 'node:path';
import { root } from '../../../scripts/bare/root.mjs';

/** The folder of these tests. */
export const testFolder = join(root, 'test', 'vscode');

/** Where everything goes that a run leaves behind: bundles, pictures, logs. Ignored by git. */
export const outFolder = join(testFolder, '.out');

/** Where the pictures go. */
export const screensFolder = join(outFolder, 'screens');

import { join } from 'node:path';
import { root } from '../bare/root.mjs';
import { ensureBuilt } from '../build/index.ts';
import { findDesktop, openDesktop } from './desktop.ts';
import { serveInBrowser } from './in-browser.ts';

/** Builds if anything changed, then opens a VS Code on the examples: the desktop one, else one in the browser. */
export async function start(): Promise<void> {
  await ensureBuilt();
  const examples = join(root, 'examples');
  const desktop = findDesktop();
  if (desktop === undefined) await serveInBrowser(examples);
  else await openDesktop(desktop, examples);
}

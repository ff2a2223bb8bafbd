import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';

const bundledNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Whether this process can run the repository's TypeScript as it stands. */
function isNode24() {
  return Number(process.versions.node.split('.')[0]) >= 24;
}

/**
 * Runs this very script again under the Node 24 that `npm ci` installed and ends with its exit code.
 * Returns at once when this process is new enough. The interrupt signals are passed on, so that the script
 * has the time to stop what it started.
 *
 * @returns {Promise<void>}
 */
export async function continueUnderNode24() {
  if (isNode24()) return;
  if (!existsSync(bundledNode)) {
    console.error('This needs Node 24, which `npm run setup` installs into node_modules.');
    process.exit(1);
  }
  const env = { ...process.env, PATH: `${dirname(bundledNode)}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(bundledNode, process.argv.slice(1), { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise(resolve => {
    child.once('error', () => resolve(127));
    child.once('close', code => resolve(code ?? 128));
  });
  process.exit(code);
}

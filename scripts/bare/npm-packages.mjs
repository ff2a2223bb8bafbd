import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runCommand } from './run-command.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.plugin-workbench-setup');
const npmRecord = join(root, 'node_modules', '.package-lock.json');

const hashOfLock = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

/** Whether node_modules is what package-lock.json asks for, as far as the stamp or npm's own record tells. */
function isInstalled() {
  if (!existsSync(npmRecord)) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === hashOfLock();
  // Someone ran npm by hand: npm writes its record after it has installed everything.
  return statSync(npmRecord).mtimeMs >= statSync(lockFile).mtimeMs;
}

/**
 * Installs the npm packages unless they are there already.
 *
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installNpmPackages() {
  if (!isInstalled()) {
    console.log('setup: installing npm packages (npm ci)');
    const { code } = await runCommand('npm', ['ci', '--no-audit', '--no-fund']);
    if (code !== 0) return `npm ci failed with exit code ${code}.`;
  }
  writeFileSync(stampFile, hashOfLock());
  return undefined;
}

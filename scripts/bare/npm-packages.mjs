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
 * Installs what package-lock.json says. A lock file that was written where a registry lacks the binaries of other
 * platforms is incomplete in the eyes of `npm ci`; `npm install` takes the same versions from it and adds the rest.
 *
 * @returns {Promise<string | undefined>} what went wrong
 */
async function install() {
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const exact = await runCommand('npm', ['ci', ...flags], { quiet: true });
  if (exact.code === 0) return undefined;
  const why = exact.output.includes('EUSAGE') ? 'the lock file lacks other platforms' : exact.output;
  console.log(`setup: npm ci is not possible (${why}); npm install instead`);
  const { code, output } = await runCommand('npm', ['install', '--no-save', ...flags], { quiet: true });
  return code === 0 ? undefined : `npm install failed with exit code ${code}:\n${output}`;
}

/**
 * Installs the npm packages unless they are there already.
 *
 * @returns {Promise<string | undefined>} what went wrong
 */
export async function installNpmPackages() {
  if (!isInstalled()) {
    console.log('setup: installing npm packages');
    const problem = await install();
    if (problem !== undefined) return problem;
  }
  writeFileSync(stampFile, hashOfLock());
  return undefined;
}

/**
 * `npm run setup`: everything a clone needs before it can build. Runs on a bare Node 20.
 */
import { pathToFileURL } from 'node:url';
import { installNpmPackages } from './bare/npm-packages.mjs';
import { installSystemPackages } from './bare/system-packages.mjs';

/**
 * Installs the npm packages and the system packages that are missing.
 * Prints what a person has to do and ends the process with 1 where it can't.
 *
 * @param {{ browser?: boolean, otherEditor?: boolean }} [needs] what only tests need: Chromium; Neovim
 * @returns {Promise<void>}
 */
export async function setup({ browser = false, otherEditor = false } = {}) {
  const problem = (await installNpmPackages()) ?? (await installSystemPackages({ browser, otherEditor }));
  if (problem === undefined) return;
  console.error(`setup: ${problem}`);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const forTests = process.argv.includes('--tests');
  await setup({ browser: forTests, otherEditor: forTests });
  console.log('setup: ready');
}

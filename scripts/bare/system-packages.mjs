import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name what a person calls it
 * @property {readonly string[]} debian the packages that bring it on Debian and Ubuntu
 * @property {string} why what doesn't work without it
 * @property {() => boolean} isThere
 * @property {boolean} [optional] we go on without it
 */

/** @param {string} program */
const onPath = program =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, program)));

/** @type {SystemPackage} */
const bubblewrap = {
  name: 'bubblewrap',
  debian: ['bubblewrap'],
  why: 'no plugin runs without its sandbox',
  isThere: () => onPath('bwrap'),
};

/** @type {SystemPackage} */
const chromium = {
  name: 'Chromium',
  debian: ['chromium', 'fonts-dejavu-core'],
  why: 'the tests in a real VS Code drive it',
  isThere: () => findChromium() !== undefined,
};

/** @type {SystemPackage} */
const neovim = {
  name: 'Neovim',
  debian: ['neovim'],
  why: 'a test drives the language server with it',
  isThere: () => onPath('nvim'),
  optional: true,
};

/** @type {SystemPackage} */
const strace = {
  name: 'strace',
  debian: ['strace'],
  why: 'tracing what the kernel refuses a plugin is not tested',
  isThere: () => onPath('strace'),
  optional: true,
};

/** Whether apt-get can be used here: Debian or a descendant, as root. */
function canUseApt() {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
}

/** @param {readonly SystemPackage[]} missing */
async function installByApt(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const names = missing.flatMap(one => one.debian);
  console.log(`setup: installing ${names.join(', ')} (apt-get)`);
  await runCommand('apt-get', ['update', '-qq'], { env });
  await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env });
}

/** @param {readonly SystemPackage[]} missing */
function explain(missing) {
  const lines = missing.map(one => `  ${one.name}: ${one.why}`);
  const command = `sudo apt-get install ${missing.flatMap(one => one.debian).join(' ')}`;
  const hint = missing.includes(chromium)
    ? '\nA Chromium or Chrome that lies elsewhere is named by CHROMIUM_PATH; where no package brings one:\n' +
      '  npx playwright-core install --with-deps chromium'
    : '';
  return `These programs are missing:\n${lines.join('\n')}\nOn Debian and Ubuntu:\n  ${command}${hint}`;
}

/**
 * Installs the programs that npm can't bring, where it may; elsewhere says what to install.
 *
 * @param {{ browser: boolean, otherEditor: boolean }} needs browser: the tests' Chromium; otherEditor: Neovim, and what
 *   else the integration tests try
 * @returns {Promise<string | undefined>} what is still missing and how to get it
 */
export async function installSystemPackages(needs) {
  const wanted = [
    ...(process.platform === 'linux' ? [bubblewrap] : []),
    ...(needs.browser ? [chromium] : []),
    ...(needs.otherEditor ? [neovim, ...(process.platform === 'linux' ? [strace] : [])] : []),
  ];
  const stillMissing = () => wanted.filter(one => !one.isThere());
  if (stillMissing().length > 0 && canUseApt()) await installByApt(stillMissing());
  const missing = stillMissing();
  for (const one of missing) if (one.optional) console.log(`setup: without ${one.name}: ${one.why}`);
  const essential = missing.filter(one => !one.optional);
  return essential.length === 0 ? undefined : explain(essential);
}

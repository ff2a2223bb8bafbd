/**
 * Tests `npm start` as a person uses it: the address it prints shows the examples and their plugins after the
 * workspace is trusted, without the address nobody gets in, and Ctrl-C leaves nothing behind.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/bare/root.mjs';
import { launchBrowser } from './harness/browser.ts';
import { screensFolder } from './harness/paths.ts';

const deadlineMs = 180_000;

/** Starts it in a process group of its own, as a terminal does, so that Ctrl-C can be imitated. */
function startAsPerson(dataDir: string): ChildProcess {
  const env: NodeJS.ProcessEnv = { ...process.env, PLUGIN_WORKBENCH_WINDOW: dataDir };
  delete env['DISPLAY'];
  delete env['WAYLAND_DISPLAY'];
  return spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The address that a person would open. */
async function printedAddress(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  let printed = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk;
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?\S+/.exec(printed)?.[0];
    if (address !== undefined && printed.includes('Ctrl-C')) return address;
  }
  throw new Error(`npm start printed no address:\n${printed}`);
}

async function look(address: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(deadlineMs);
    await page.goto(address);
    await page.getByRole('button', { name: 'Yes, I trust the authors' }).click();
    await page.locator('.activitybar').getByRole('tab', { name: 'Plugin Workbench' }).click();
    await page.locator('.monaco-list-row').filter({ hasText: 'Hello Node' }).first().waitFor();
    await mkdir(screensFolder, { recursive: true });
    await page.screenshot({ path: join(screensFolder, 'npm-start.png') });
  } finally {
    await browser.close();
  }
}

async function isRefused(address: string): Promise<boolean> {
  return await fetch(address).then(
    () => false,
    () => true,
  );
}

const dataDir = await mkdtemp(join(tmpdir(), 'plugin-workbench-start-'));
const child = startAsPerson(dataDir);
const ended = once(child, 'exit');
try {
  const address = await printedAddress(child);
  const url = new URL(address);
  assert.equal((await fetch(new URL('/', url))).status, 403, 'without the token somebody gets in');
  await look(address);
  process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  const [code] = await ended;
  assert.equal(code, 0, 'Ctrl-C is no failure');
  assert.ok(await isRefused(url.origin), 'the server goes on after Ctrl-C');
  console.log('  ✔ npm start shows the examples in a browser, and Ctrl-C ends it');
  console.log('1 passed, 0 failed');
} catch (error) {
  console.log('  ✖ npm start', error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  if (child.exitCode === null) child.kill('SIGTERM');
  await ended;
  await rm(dataDir, { recursive: true, force: true });
}

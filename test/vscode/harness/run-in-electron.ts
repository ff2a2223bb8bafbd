import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTests } from '@vscode/test-electron';
import { type Browser, chromium, type Page } from 'playwright-core';
import { listenForSuites } from './driver-server.ts';
import { outFolder } from './paths.ts';
import { type Outcome, ResultPrinter } from './results.ts';
import { type SuiteRun, suiteEnvironment } from './suite-run.ts';
import { windowSettings } from './window-settings.ts';

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The workbench among the pages of a desktop VS Code, once it is there; undefined after the signal. */
async function findWorkbench(port: number, signal: AbortSignal): Promise<[Browser, Page] | undefined> {
  while (!signal.aborted) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    const pages = browser?.contexts().flatMap(context => context.pages()) ?? [];
    const workbench = pages.find(page => page.url().includes('workbench'));
    if (browser !== undefined && workbench !== undefined) return [browser, workbench];
    await browser?.close();
    await sleep(500, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

async function writeUserSettings(run: SuiteRun): Promise<void> {
  const folder = join(run.folder.vscodeData, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...windowSettings, ...run.settings }));
}

/**
 * Runs suites in one window of a desktop VS Code: the one `VSCODE_PATH` names, else one that is downloaded. Its
 * debugging port gives the suites the same hands as in the server.
 */
export async function runInElectron(run: SuiteRun): Promise<Outcome> {
  const printer = new ResultPrinter({ mayBeEmpty: run.grep !== undefined });
  let workbench: Page | undefined;
  const driver = await listenForSuites(
    () => workbench,
    event => printer.take(event),
  );
  await writeUserSettings(run);
  const port = await freePort();
  const over = new AbortController();
  const finding = findWorkbench(port, over.signal).then(found => {
    workbench = found?.[1];
    return found?.[0];
  });
  const executable = process.env['VSCODE_PATH'];
  let exitCode: number | undefined;
  try {
    exitCode = await runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      cachePath: join(outFolder, '..', '.cache'),
      extensionDevelopmentPath: run.extension,
      extensionTestsPath: run.entry,
      extensionTestsEnv: suiteEnvironment(run, driver.address),
      launchArgs: [
        run.folder.workspace,
        ...['--user-data-dir', run.folder.vscodeData],
        ...['--extensions-dir', join(run.folder.vscodeData, 'extensions')],
        `--remote-debugging-port=${port}`,
        '--disable-telemetry',
        ...(run.trusted ? ['--disable-workspace-trust'] : []),
        // Chromium's own sandbox refuses to run as root, as containers do.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    // A failed test ends here as well; it has been counted already.
    if (!printer.began) printer.fail(error instanceof Error ? error.message : String(error));
  } finally {
    over.abort();
    await (await finding)?.close();
    driver.close();
  }
  return printer.conclude(exitCode);
}

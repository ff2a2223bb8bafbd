import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  ensureVscodeServer,
  launchVscodeServer,
  writeSettings,
} from '../../../scripts/vscode-server/index.ts';
import { launchBrowser } from './browser.ts';
import { listenForSuites } from './driver-server.ts';
import { outFolder } from './paths.ts';
import { type Outcome, ResultPrinter } from './results.ts';
import { type SuiteRun, suiteEnvironment } from './suite-run.ts';
import { windowSettings } from './window-settings.ts';

/** The workbench takes 30 to 60 s on a slow machine; on a busy one, more. */
const windowDeadlineMs = 240_000;
/** No single test may take longer than its own time-out, so silence for this long is a hang. */
const silenceDeadlineMs = 200_000;

/** Opens the workbench and settles with the exit code of the suites. */
async function openWindow(browser: Browser, address: string, onPage: (page: Page) => void): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const log = (text: string): Promise<void> => appendFile(join(outFolder, 'window.log'), `${text}\n`);
  const exit = new Promise<number>((resolve, reject) => {
    const begin = async (): Promise<void> => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
        log(`${type}: ${args.map(String).join(' ')}`),
      );
      await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      page.on('console', message => log(`${message.type()}: ${message.text()}`));
      page.on('crash', () => reject(new Error('The window crashed.')));
      await page.goto(address);
    };
    begin().catch(reject);
  });
  onPage(page);
  return exit;
}

interface SilenceWatch {
  /** Starts the deadline anew. */
  heard(): void;
  /** Rejects when the deadline passes. */
  readonly silent: Promise<never>;
  end(): void;
}

/** Rejects when nothing is heard from the suites for too long. */
function watchForSilence(printer: ResultPrinter): SilenceWatch {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (error: Error) => void = () => {};
  const silent = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const heard = (): void => {
    clearTimeout(timer);
    const deadline = printer.began ? silenceDeadlineMs : windowDeadlineMs;
    const what = printer.began ? 'Nothing was heard from the suites' : 'The suites did not begin';
    timer = setTimeout(() => giveUp(new Error(`${what} for ${deadline / 1000} s.`)), deadline);
  };
  heard();
  return { heard, silent, end: () => clearTimeout(timer) };
}

/** Runs suites in one window of VS Code's server, driven in Chromium. */
export async function runInServer(run: SuiteRun): Promise<Outcome> {
  const printer = new ResultPrinter({ mayBeEmpty: run.grep !== undefined });
  let page: Page | undefined;
  let silence: SilenceWatch | undefined;
  const driver = await listenForSuites(
    () => page,
    event => {
      printer.take(event);
      silence?.heard();
    },
  );
  const vscode = await ensureVscodeServer();
  await writeSettings(run.folder.vscodeData, { ...windowSettings, ...run.settings });
  const server = await launchVscodeServer(vscode, {
    dataDir: run.folder.vscodeData,
    smokeTest: { trustWorkspaces: run.trusted },
    env: suiteEnvironment(run, driver.address),
  });
  let browser: Browser | undefined;
  const stopAll = async (): Promise<void> => {
    silence?.end();
    driver.close();
    await browser?.close();
    await server.stop();
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopAll();
    return stopped;
  };
  // Ctrl-C may arrive twice: from the terminal, and passed on by who started us.
  const interrupted = (): void => void stop().finally(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  let exitCode: number | undefined;
  try {
    silence = watchForSilence(printer);
    browser = await launchBrowser();
    const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(run.extension)],
      ['extensionTestsPath', remote(run.entry)],
    ];
    const query = new URLSearchParams({ folder: run.folder.workspace, payload: JSON.stringify(payload) });
    exitCode = await Promise.race([
      openWindow(browser, `http://${server.authority}/?${query}`, opened => {
        page = opened;
      }),
      server.ended.then(() => {
        throw new Error(`VS Code's server ended:\n${server.log()}`);
      }),
      silence.silent,
    ]);
  } catch (error) {
    printer.fail(error instanceof Error ? error.message : String(error));
    await page?.screenshot({ path: join(outFolder, 'failure.png'), timeout: 30_000 }).catch(() => {});
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await stop();
  }
  return printer.conclude(exitCode);
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { linkExtension } from '../../../scripts/start/link-extension.ts';
import {
  ensureVscodeServer,
  extensionsDirIn,
  launchVscodeServer,
  writeSettings,
} from '../../../scripts/vscode-server/index.ts';
import { launchBrowser } from './browser.ts';
import { screensFolder } from './paths.ts';
import { windowSettings } from './window-settings.ts';

/** How long anything may take on a slow, busy machine, in milliseconds. */
const patienceMs = 120_000;

/** A VS Code as a person has it: the extension is installed, and dialogs are shown. Suites have no such window. */
export interface PersonWindow {
  readonly page: Page;
  /** Absolute path of the folder that is open. */
  readonly workspace: string;
  /** What lies in the temporary folder of this VS Code, and of all that it starts. */
  temporaryFiles(): Promise<readonly string[]>;
  /** Takes a picture in a light and in a dark theme: `.out/screens/<name>-light.png`, `<name>-dark.png`. */
  picture(name: string): Promise<void>;
  /** Writes a file of the workspace from outside the editor; the path is relative. */
  write(path: string, text: string): Promise<void>;
  /** Reads a file of the workspace as it lies on the disk. */
  read(path: string): Promise<string>;
  /** Ends browser and server, and takes everything away. */
  close(): Promise<void>;
}

/** The themes a picture is taken in: its suffix, the theme, and the class VS Code then gives the window. */
const themes = [
  { suffix: 'light', theme: 'Light Modern', window: '.monaco-workbench.vs' },
  { suffix: 'dark', theme: 'Dark Modern', window: '.monaco-workbench.vs-dark' },
] as const;

async function openPage(address: string): Promise<{ page: Page; close(): Promise<void> }> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.goto(address);
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Opens a window on a fresh folder with these files, and says that it is to be trusted. */
export async function openPersonWindow(files: Readonly<Record<string, string>>): Promise<PersonWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-workbench-journeys-'));
  const workspace = join(folder, 'plugins');
  const dataDir = join(folder, 'vscode');
  const temporary = join(folder, 'tmp');
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const endings: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    for (const [path, text] of Object.entries(files)) await write(path, text);
    await writeSettings(dataDir, { ...windowSettings, 'security.workspace.trust.startupPrompt': 'once' });
    await mkdir(temporary);
    await linkExtension(extensionsDirIn(dataDir));
    const server = await launchVscodeServer(await ensureVscodeServer(), {
      dataDir,
      env: { TMPDIR: temporary },
    });
    endings.push(server.stop);
    const { page, close: closePage } = await openPage(`http://${server.authority}/?folder=${workspace}`);
    endings.push(closePage);
    await page.getByRole('button', { name: 'Yes, I trust the authors' }).click();
    return {
      page,
      workspace,
      temporaryFiles: async () => (await readdir(temporary)).sort(),
      write,
      read: path => readFile(join(workspace, path), 'utf8'),
      picture: async name => {
        await mkdir(screensFolder, { recursive: true });
        for (const { suffix, theme, window } of themes) {
          await write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
          await page.locator(window).waitFor();
          await page.screenshot({ path: join(screensFolder, `${name}-${suffix}.png`) });
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What `playwright-core install chromium` left in its own cache. */
function* playwrightBrowsers() {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return;
  for (const folder of readdirSync(cache)) {
    if (!folder.startsWith('chromium-')) continue;
    yield join(cache, folder, 'chrome-linux64', 'chrome');
    yield join(cache, folder, 'chrome-linux', 'chrome');
  }
}

function* candidates() {
  if (process.env.CHROMIUM_PATH) yield process.env.CHROMIUM_PATH;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '') for (const program of programs) yield join(folder, program);
  }
  yield* otherPlaces;
  yield* playwrightBrowsers();
}

/**
 * Finds a Chromium: `CHROMIUM_PATH`, then PATH, then the usual places.
 *
 * @returns {string | undefined} absolute path of the program
 */
export function findChromium() {
  for (const path of candidates()) if (existsSync(path)) return path;
  return undefined;
}

import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/bare/chromium.mjs';

const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium. Rejects when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: run `npm run setup -- --tests`, or set CHROMIUM_PATH.');
  }
  // Interrupts are ours to handle, or the server would outlive its window.
  return chromium.launch({
    executablePath,
    args: launchArguments,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Absolute path of a Chromium on this machine. See chromium.mjs. */
export function findChromium(): string | undefined;

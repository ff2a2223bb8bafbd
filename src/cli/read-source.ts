import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MAX_SOURCE_LENGTH, SCAN_TOO_LARGE } from '../analysis/index.ts';
import { type Finding, startOfFile } from '../base/index.ts';

/** Code of the finding about a source file that can't be read. */
export const SCAN_UNREADABLE = 'PW-SCAN-UNREADABLE';

/** The text of a source file, or the finding that says why nobody could check it. */
export type SourceText =
  | { readonly text: string; readonly finding?: undefined }
  | { readonly text?: undefined; readonly finding: Finding };

/** A UTF-16 code unit is at most three bytes of UTF-8, so whatever is longer than this is too long for the analyzer. */
const maxBytes = 3 * MAX_SOURCE_LENGTH;

/**
 * Reads source whoever wrote it: UTF-8 with whatever else in it, or UTF-16 with a byte order mark; never a device, and
 * never more than can be analysed. Never rejects.
 */
export async function readSource(file: string): Promise<SourceText> {
  const refuse = (code: string, reason: string): SourceText => ({
    finding: {
      code,
      severity: 'warning',
      message: `This file was not checked for dangerous patterns: it ${reason}.`,
      why: 'Source that nobody can check is where harmful code hides.',
      file,
      range: startOfFile,
    },
  });
  try {
    // Opening a pipe without a writer would wait for ever, were it not for O_NONBLOCK.
    await using handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) return refuse(SCAN_UNREADABLE, 'is no ordinary file');
    if (stats.size > maxBytes) return refuse(SCAN_TOO_LARGE, `is larger than ${maxBytes / 1024 / 1024} MiB`);
    const bytes = await handle.readFile();
    return { text: new TextDecoder(encodingOf(bytes)).decode(bytes) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return refuse(SCAN_UNREADABLE, `can’t be read (${code})`);
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

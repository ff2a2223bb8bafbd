import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { MAX_SOURCE_LENGTH, type SCAN_TOO_LARGE } from '../analysis/index.ts';
import { type Finding, startOfFile } from '../base/index.ts';

/** Code of the finding about a source file that can't be read, or that is no text. */
export const SCAN_UNREADABLE = 'PW-SCAN-UNREADABLE';

/** The text of a source file as far as it is analysed, or the finding that says why nobody could check it. */
export type SourceText =
  | { readonly text: string; readonly finding?: undefined }
  | { readonly text?: undefined; readonly finding: Finding };

/** What {@link readBytes} found. */
export type SourceBytes =
  | { readonly bytes: Uint8Array; readonly finding?: undefined }
  | { readonly bytes?: undefined; readonly finding: Finding };

/**
 * A UTF-16 code unit is at most three bytes of UTF-8, so this is more than is analysed: the analyzer sees that there is
 * more, and says so.
 */
const MAX_BYTES = 3 * MAX_SOURCE_LENGTH + 16;

/** As much of a file as tells whether it is text. */
const SAMPLE_LENGTH = 4_096;

/**
 * Reads source whoever wrote it: UTF-8 with whatever else in it, UTF-16, or Latin-1; never a device, and never more than
 * can be analysed. Never throws.
 */
export function readSource(file: string): SourceText {
  const { bytes, finding } = readBytes(file);
  return finding === undefined ? decodeSource(file, bytes) : { finding };
}

/** The beginning of an ordinary file, as much as is looked at. Never throws. */
export function readBytes(file: string): SourceBytes {
  let handle: number | undefined;
  try {
    // Opening a pipe without a writer would wait for ever, were it not for O_NONBLOCK.
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(handle);
    if (!stats.isFile()) return { finding: unchecked(file, SCAN_UNREADABLE, 'is no ordinary file') };
    const bytes = Buffer.allocUnsafe(Math.min(stats.size, MAX_BYTES));
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, null);
      // It became shorter meanwhile.
      if (read === 0) break;
      length += read;
    }
    return { bytes: bytes.subarray(0, length) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { finding: unchecked(file, SCAN_UNREADABLE, `can’t be read (${code})`) };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Makes bytes into text; what is no text in any encoding is told to be none. */
export function decodeSource(file: string, bytes: Uint8Array): SourceText {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  const sample = encoding === 'utf-8' ? bytes : Buffer.from(text.slice(0, SAMPLE_LENGTH), 'utf8');
  if (isBinary(sample.subarray(0, SAMPLE_LENGTH)))
    return { finding: unchecked(file, SCAN_UNREADABLE, 'is no text, whatever its name says') };
  return { text };
}

/** The finding that says why a file, or the rest of it, was not looked at. */
export function unchecked(
  file: string,
  code: typeof SCAN_UNREADABLE | typeof SCAN_TOO_LARGE,
  reason: string,
): Finding {
  return {
    code,
    severity: 'warning',
    message: `This file was not checked for dangerous patterns: it ${reason}.`,
    why: 'Source that nobody can check is where harmful code hides.',
    file,
    range: startOfFile,
  };
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_LENGTH);
  let even = 0;
  let odd = 0;
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) {
    if (at % 2 === 0) even++;
    else odd++;
  }
  // Latin letters in UTF-16 without a mark have a zero beside each.
  if (odd > sample.length / 4 && even === 0) return 'utf-16le';
  if (even > sample.length / 4 && odd === 0) return 'utf-16be';
  return 'utf-8';
}

/** Source has hardly any control characters; what is compiled or packed is full of them. */
function isBinary(sample: Uint8Array): boolean {
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  return controls > 8 && controls > sample.length / 20;
}

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Finding, Position } from '../../base/index.ts';
import type { ManifestCode } from '../codes.ts';
import { makeFinding } from '../document.ts';
import { maxTextBytes } from '../text/index.ts';
import { decodeText } from './encoding.ts';

/** The text of a manifest, or the one thing that kept it from being read. */
export type ManifestText =
  | { readonly text: string; readonly finding?: undefined }
  | { readonly text?: undefined; readonly finding: Finding };

/**
 * Reads a manifest whoever wrote it: never more than 1 MiB, never a device or a pipe, UTF-8 only (a byte order mark is
 * taken off, as editors do). Does not throw and does not wait for a writer.
 *
 * @param path absolute path
 * @returns `undefined` when nothing of that name is there
 */
export function readManifestText(path: string): ManifestText | undefined {
  const refuse = (code: ManifestCode, message: string, at?: Position): ManifestText => {
    const start = at ?? { line: 0, character: 0 };
    const range = { start, end: { line: start.line, character: start.character + 1 } };
    return { finding: makeFinding({ file: path }, code, range, message) };
  };
  let descriptor: number;
  try {
    // Opening a pipe without a writer would wait for ever, were it not for O_NONBLOCK.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return refuse('PW-MANIFEST-UNREADABLE', `The manifest can’t be read: ${reasonOf(code)}.`);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory())
      return refuse('PW-MANIFEST-UNREADABLE', 'This is a folder, where a manifest should be.');
    if (!stats.isFile())
      return refuse('PW-MANIFEST-UNREADABLE', 'This is a device or a pipe, where a manifest should be.');
    // One byte more than allowed shows that a file is too large even while it grows.
    const buffer = Buffer.allocUnsafe(Math.min(stats.size, maxTextBytes) + 1);
    const bytes = buffer.subarray(0, fill(descriptor, buffer));
    if (bytes.length > maxTextBytes || stats.size > maxTextBytes) {
      return refuse('PW-MANIFEST-SIZE', 'The manifest is larger than 1 MiB and was not read.');
    }
    const { text, problem } = decodeText(bytes);
    if (problem !== undefined) return refuse('PW-MANIFEST-ENCODING', problem.message, problem.at);
    return { text };
  } catch (error) {
    return refuse('PW-MANIFEST-UNREADABLE', `The manifest can’t be read: ${reasonOf(codeOf(error))}.`);
  } finally {
    closeSync(descriptor);
  }
}

function fill(descriptor: number, buffer: Buffer): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to',
  EPERM: 'you have no permission to',
  ELOOP: 'its symbolic links lead in a circle',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENXIO: 'it is a socket or a device',
  EIO: 'the disk has failed',
};

function reasonOf(code: string): string {
  return reasons[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

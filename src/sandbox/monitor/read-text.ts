import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Reads a file of `/proc` whole; empty where it can't be read, as with a process that is just ending.
 *
 * @param buffer is used again and again. `readFileSync` takes a new one of 64 KiB for every file whose size is not
 * known beforehand, and with files read hundreds of times a second, collecting those costs more than reading.
 */
export function readText(path: string, buffer: Buffer): string {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    let text = '';
    for (;;) {
      const length = readSync(fd, buffer, 0, buffer.length, null);
      if (length === 0) return text;
      text += buffer.toString('latin1', 0, length);
    }
  } catch {
    return '';
  } finally {
    closeSync(fd);
  }
}

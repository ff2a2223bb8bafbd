import { MAX_HEADER_BYTES, malformed, type WireViolation } from './limits.ts';

const END = '\r\n\r\n';
/** Header names of the base protocol; other names mean that the peer speaks something else. */
const names = ['content-length', 'content-type'];

/** A complete header: where the body begins, and how long it is. */
export interface FrameHeader {
  readonly bodyStart: number;
  readonly bodyLength: number;
}

/**
 * Reads the header that begins at `start`.
 *
 * @returns the header, a violation, or `undefined` when it is not complete and what is there can still become one.
 */
export function readFrameHeader(bytes: Buffer, start: number): FrameHeader | WireViolation | undefined {
  return readPlainHeader(bytes, start) ?? readAnyHeader(bytes, start);
}

const PLAIN = Buffer.from('Content-Length: ', 'latin1');

/** The header everyone sends, without making a string of it. */
function readPlainHeader(bytes: Buffer, start: number): FrameHeader | undefined {
  let at = start + PLAIN.length;
  for (let i = 0; i < PLAIN.length; i++) if (bytes[start + i] !== PLAIN[i]) return undefined;
  let length = 0;
  let digits = 0;
  for (; digits < 10; digits++, at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    length = length * 10 + digit;
  }
  if (
    digits === 0 ||
    bytes[at] !== 13 ||
    bytes[at + 1] !== 10 ||
    bytes[at + 2] !== 13 ||
    bytes[at + 3] !== 10
  ) {
    return undefined;
  }
  return { bodyStart: at + END.length, bodyLength: length };
}

function readAnyHeader(bytes: Buffer, start: number): FrameHeader | WireViolation | undefined {
  const text = bytes.toString('latin1', start, Math.min(bytes.length, start + MAX_HEADER_BYTES + END.length));
  const end = text.indexOf(END);
  if (end > MAX_HEADER_BYTES || (end < 0 && text.length > MAX_HEADER_BYTES)) {
    return malformed(`The header of a message is longer than ${MAX_HEADER_BYTES} bytes.`);
  }
  const lines = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const unfinished = end < 0 ? lines.pop() : undefined;
  let length: number | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!names.includes(name)) return notAHeader(line);
    if (name !== 'content-length') continue;
    const digits = line.slice(colon + 1).trim();
    if (length !== undefined || !/^\d{1,15}$/.test(digits)) return notAHeader(line);
    length = Number(digits);
  }
  if (unfinished !== undefined) return mayBecomeHeader(unfinished) ? undefined : notAHeader(unfinished);
  if (length === undefined) return malformed('A message has no Content-Length header.');
  return { bodyStart: start + end + END.length, bodyLength: length };
}

function mayBecomeHeader(line: string): boolean {
  // A header line may be cut anywhere, also between its \r and \n.
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (/[\r\n]/.test(text)) return false;
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).toLowerCase();
  if (colon >= 0) return names.includes(name);
  return text === line ? names.some(known => known.startsWith(name)) : name === '';
}

function notAHeader(line: string): WireViolation {
  return malformed(`A message header was expected, not ${JSON.stringify(line.slice(0, 60))}.`);
}

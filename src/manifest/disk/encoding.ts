import { createLineMap, type Position } from '../../base/index.ts';

/** Text of bytes, or why they are no UTF-8 text and where the first wrong one stands. */
export type Decoded =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: { readonly message: string; readonly at: Position } };

/**
 * Decodes UTF-8, the only encoding JSON may be exchanged in (RFC 8259, section 8.1) and the one every YAML reader has.
 * A byte order mark is taken off.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const message = `The file is ${wide}; save it as UTF-8.`;
    return { problem: { message, at: { line: 0, character: 0 } } };
  }
  const text = new TextDecoder().decode(bytes);
  const wrong = firstWrong(text, hasMark(bytes) ? bytes.subarray(3) : bytes);
  if (wrong === undefined) return { text };
  const at = createLineMap(text).positionAt(wrong);
  return { problem: { message: 'This is no UTF-8 character; save the file as UTF-8.', at } };
}

/** A mark at the beginning, or a zero beside the first character: a manifest begins with an ASCII one. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  const isWide = bytes.length > 1 && (a === 0) !== (b === 0);
  return isWide ? 'UTF-16 or UTF-32' : undefined;
}

function hasMark([a, b, c]: Uint8Array): boolean {
  return a === 0xef && b === 0xbb && c === 0xbf;
}

/** The place in the text that stands for a byte which is no UTF-8: a replacement character the bytes don't have. */
function firstWrong(text: string, bytes: Uint8Array): number | undefined {
  let byte = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) {
    byte += Buffer.byteLength(text.slice(from, at));
    from = at;
    const isGenuine = bytes[byte] === 0xef && bytes[byte + 1] === 0xbf && bytes[byte + 2] === 0xbd;
    if (!isGenuine) return at;
  }
  return undefined;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = Uint8Array.from(alphabet, letter => letter.charCodeAt(0));
const values = new Uint8Array(128).fill(255);
for (const [index, code] of codes.entries()) values[code] = index;
const padding = 0x3d;
const ascii = new TextDecoder('latin1');

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  const letter = (index: number): number => codes[index & 63] as number;
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (byte(bytes, i) << 16) | (byte(bytes, i + 1) << 8) | byte(bytes, i + 2);
    out[at] = letter(group >> 18);
    out[at + 1] = letter(group >> 12);
    if (left > 1) out[at + 2] = letter(group >> 6);
    if (left > 2) out[at + 3] = letter(group);
    at += 4;
  }
  return ascii.decode(out);
}

/** The bytes; `undefined` when the text is not base64 in its one proper spelling. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - pads);
  let group = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isPad = code === padding && i >= text.length - pads;
    const bits = isPad ? 0 : code < 128 ? (values[code] as number) : 255;
    if (bits === 255) return undefined;
    group = (group << 6) | bits;
    if (i % 4 < 3) continue;
    for (const shift of [16, 8, 0]) {
      if (at < out.length) out[at++] = group >> shift;
      // Bits that no byte takes up have to be zero, or one value would have several spellings.
      else if (((group >> shift) & 255) !== 0) return undefined;
    }
    group = 0;
  }
  return out;
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

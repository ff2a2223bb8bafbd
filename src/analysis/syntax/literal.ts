const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** The characters an escape sequence such as `\x65`, `\u{65}` or `\n` stands for. */
export function decodeEscape(sequence: string): string {
  const body = sequence.slice(1);
  const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\})$/i.exec(body);
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  // A backslash before a line break continues the line.
  if (/^[\r\n\u2028\u2029]/.test(body)) return '';
  if (/^[0-7]{2,3}$/.test(body)) return String.fromCharCode(Number.parseInt(body, 8));
  return SIMPLE[body] ?? body;
}

/** An identifier as the language sees it: `\u0065val` is `eval`. */
export function decodeName(text: string): string {
  return text.includes('\\') ? text.replace(/\\u(?:\{[0-9a-f]+\}|[0-9a-f]{4})/gi, decodeEscape) : text;
}

/** The value of a number literal, as a property key or an operand would use it; `undefined` when it is none. */
export function decodeNumber(text: string): number | undefined {
  const value = Number(text.replaceAll('_', ''));
  return Number.isNaN(value) ? undefined : value;
}

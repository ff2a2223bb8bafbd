/** More than this of one thing a plugin names is not read. */
const longest = 300;

/**
 * Text out of a plugin's manifest for one line of a dialog or a message: with line breaks or marks that turn the
 * direction of writing around, it could pass for words of the workbench.
 */
export function oneLine(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

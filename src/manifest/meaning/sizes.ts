const units: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Bytes of a text such as `100MB`, `1.5 GB` or `512 KiB`; units go in steps of 1024. `undefined` when it is none, or zero. */
export function parseSize(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*([KMG]?)(?:i?B)\s*$/iu.exec(text);
  const unit = units[`${match?.[2] ?? ''}B`.toUpperCase()];
  const bytes = Math.floor(Number(match?.[1]) * (unit ?? Number.NaN));
  return bytes > 0 ? bytes : undefined;
}

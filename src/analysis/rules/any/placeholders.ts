const PLACEHOLDER =
  /example|placeholder|change[-_ ]?me|change[-_ ]?this|replace[-_ ]?(?:me|this|with)|your[-_ ]|^your|insert[-_ ]|dummy|sample|redacted|masked|hidden|not[-_ ]?(?:a[-_ ]?)?(?:real|secret|set)|undefined|lorem|fixme|todo|foo[-_]?bar|^(?:x+|y+|z+|\*+|\.+|-+|_+|#+|0+|1+|a+)$|x{6,}|\*{3,}|\.{3}|…|^<.*>$|^\[.*\]$|^\{.*\}$|\$\{|\{\{|%[sdv(]|<[a-z_ -]+>|^\$[A-Z_]+$|^none$|^null$|^n\/a$|^true$|^false$|^(?:test|fake|mock|stub|demo|temp|tmp|default|invalid|wrong|bad|empty|some|any|my)(?:[-_ ]?(?:password|passwd|secret|token|key|value|string|api[-_ ]?key|pass|credential)s?)?\d{0,3}$/i;

/** Whether a text only stands for a secret: an example, a gap to fill, a made-up word of a test. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || isMonotone(text);
}

/** Letters or digits in a row, or the same few over and over. */
function isMonotone(text: string): boolean {
  return text.length >= 8 && (new Set(text).size <= 3 || /0123456789|abcdefgh|ABCDEFGH/.test(text));
}

/** Shannon's entropy of a text, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

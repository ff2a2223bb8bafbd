/** A token of what a macro is given. */
export interface Token {
  readonly kind:
    | 'name'
    | 'lifetime'
    | 'string'
    | 'raw-string'
    | 'char'
    | 'integer'
    | 'float'
    | 'punctuation'
    | 'end';
  /** As written; of strings only the quotes count, so this is left empty. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER =
  /0[xob][\da-fA-F_]+(?:[iu](?:8|16|32|64|128|size))?|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?(?:[iuf](?:8|16|32|64|128|size))?/y;
const STRING = /(?:b|c)?"(?:[^"\\]|\\[\s\S])*"/y;
const RAW_STRING = /(?:br|cr|r)(#*)"[\s\S]*?"\1/y;
const CHAR = /b?'(?:[^'\\\n]|\\(?:u\{[\da-fA-F_]{1,8}\}|x[\da-fA-F]{2}|[^ux]))'/uy;
const LIFETIME = /'[\p{L}_][\p{L}\p{N}_]*/uy;
const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const PUNCTUATION = /\.\.\.|\.\.=|<<=|>>=|::|->|=>|==|!=|<=|>=|&&|\|\||\.\.|[-+*/%^&|]=|<<|[\s\S]/y;

const KINDS: readonly (readonly [RegExp, Token['kind']])[] = [
  [RAW_STRING, 'raw-string'],
  [STRING, 'string'],
  [CHAR, 'char'],
  [LIFETIME, 'lifetime'],
  [NAME, 'name'],
  [NUMBER, 'integer'],
  [PUNCTUATION, 'punctuation'],
];

const SLASH = 47;
const NAMES: typeof KINDS = [[NAME, 'name']];
const NUMBERS: typeof KINDS = [[NUMBER, 'integer']];
const MARKS: typeof KINDS = [[PUNCTUATION, 'punctuation']];

/** What a token may be that begins with this character: for most the first look tells. */
function kindsFrom(first: number): typeof KINDS {
  const letter = first | 32;
  // `b`, `c` and `r` may begin a string.
  if (letter >= 97 && letter <= 122) return letter <= 99 || letter === 114 ? KINDS : NAMES;
  if (first >= 48 && first <= 57) return NUMBERS;
  // Quotes, an underscore, and whatever is not ASCII.
  return first === 34 || first === 39 || first === 95 || first > 127 ? KINDS : MARKS;
}

/** Cuts a part of a file into tokens; comments and blanks are left out, and an `end` stands last. */
export function tokensOf(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const first = text.charCodeAt(at);
    const skipped = first <= 32 || first === SLASH || first > 127 ? match(SKIPPED, text, at) : undefined;
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    for (const [pattern, kind] of kindsFrom(first)) {
      const found = match(pattern, text, at);
      if (found === undefined) continue;
      const isText = kind === 'string' || kind === 'raw-string';
      const isFloat = kind === 'integer' && !found.startsWith('0x') && /[.eE]|f(?:32|64)$/.test(found);
      tokens.push({
        kind: isFloat ? 'float' : kind,
        text: isText ? '' : found,
        start: at,
        end: at + found.length,
      });
      at += found.length;
      break;
    }
  }
  tokens.push({ kind: 'end', text: '', start: end, end });
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

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

/** Cuts a part of a file into tokens; comments and blanks are left out, and an `end` stands last. */
export function tokensOf(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const skipped = match(SKIPPED, text, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    for (const [pattern, kind] of KINDS) {
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

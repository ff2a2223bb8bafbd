/** A text in quotes in source code. */
export interface Literal {
  /** What stands between the quotes, as written. */
  readonly text: string;
  /** Offset of the first character between the quotes. */
  readonly start: number;
  /** The last name of the function it is the first argument of: `register` in `context.commands.register('x'`. */
  readonly callee: string | undefined;
  /** The names before that: `context.commands`. */
  readonly receiver: string | undefined;
}

/** Families of languages whose comments and quotes are alike. */
export type LiteralSyntax = 'javascript' | 'python' | 'go' | 'rust';

/** Most literals of one file; more than that is data. */
const MAX_LITERALS = 20_000;

const COMMENTS = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const DOUBLE = String.raw`"(?:[^"\\\n]|\\[\s\S])*"`;
const SINGLE = String.raw`'(?:[^'\\\n]|\\[\s\S])*'`;

/** What is skipped, and what is a literal, in the order in which it is tried at each place. */
const tokens: Readonly<Record<LiteralSyntax, string>> = {
  // A regular expression can only stand where a value is expected.
  javascript: String.raw`${COMMENTS}|(?<=[=(,:[!&|?{;]\s*)\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|${DOUBLE}|${SINGLE}|${'`'}(?:[^${'`'}\\]|\\[\s\S])*${'`'}`,
  python: String.raw`#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|${DOUBLE}|${SINGLE}`,
  go: String.raw`${COMMENTS}|${DOUBLE}|${'`'}[^${'`'}]*${'`'}|'(?:[^'\\\n]|\\.)+'`,
  rust: String.raw`${COMMENTS}|r#*"[\s\S]*?"#*|${DOUBLE}|'(?:[^'\\\n]|\\.[^'\n]*)'`,
};

/** The syntax a file name tells; `undefined` for what is no source. */
export function literalSyntaxOf(file: string): LiteralSyntax | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (/^(?:[cm]?[jt]s|[jt]sx)$/.test(ending)) return 'javascript';
  return ending === 'py' ? 'python' : ending === 'go' ? 'go' : ending === 'rs' ? 'rust' : undefined;
}

/** The literals of a source text, without those in comments and those with something filled in. */
export function literalsOf(text: string, syntax: LiteralSyntax): Literal[] {
  const literals: Literal[] = [];
  const pattern = new RegExp(tokens[syntax], 'g');
  for (const match of text.matchAll(pattern)) {
    const token = match[0];
    const quote = /^(?:["'`])/.exec(token)?.[0];
    if (quote === undefined || token.startsWith('"""') || token.startsWith("'''")) continue;
    // There it is a single character.
    if (quote === "'" && (syntax === 'go' || syntax === 'rust')) continue;
    if (quote === '`' && syntax === 'javascript' && token.includes('${')) continue;
    const start = match.index + 1;
    literals.push({ text: token.slice(1, -1), start, ...calleeBefore(text, match.index) });
    if (literals.length >= MAX_LITERALS) break;
  }
  return literals;
}

/** Far enough back for any name people write. */
const LOOK_BACK = 120;

function calleeBefore(
  text: string,
  at: number,
): { callee: string | undefined; receiver: string | undefined } {
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  const match = /([\w$?.]+)\s*(?:<[^<>()]*>)?\s*\(\s*$/.exec(before)?.[1]?.replaceAll('?', '');
  if (match === undefined) return { callee: undefined, receiver: undefined };
  const dot = match.lastIndexOf('.');
  return { callee: match.slice(dot + 1), receiver: dot < 0 ? undefined : match.slice(0, dot) };
}

/**
 * Tells whether one part of a path fits one part of a pattern: `*` is any run of characters, `?` one character,
 * `[a-z]` and `[!a-z]` one of a set, `\` takes the next character as it is. Characters are compared as they are:
 * another case, or another composition of the same letter, is another name.
 *
 * The work is at most the product of both lengths, whatever the pattern says.
 */
export function fitsSegment(pattern: string, name: string): boolean {
  const tokens = readTokens(pattern);
  const characters = [...name];
  let token = 0;
  let at = 0;
  /** Where the last star was, and how far it has been stretched: only the last one ever has to give way. */
  let star = -1;
  let stretched = 0;
  while (at < characters.length) {
    const current = tokens[token];
    if (current === 'any') {
      star = token++;
      stretched = at;
    } else if (current?.(characters[at] ?? '')) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++stretched;
    } else return false;
  }
  while (tokens[token] === 'any') token++;
  return token === tokens.length;
}

type Token = 'any' | ((character: string) => boolean);

function readTokens(pattern: string): Token[] {
  const characters = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') tokens.push('any');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[') {
      const end = characters.indexOf(']', at + 2);
      if (end < 0) tokens.push(same('['));
      else {
        tokens.push(oneOf(characters.slice(at + 1, end)));
        at = end;
      }
    } else if (character === '\\' && at + 1 < characters.length) tokens.push(same(characters[++at] ?? ''));
    else tokens.push(same(character));
  }
  return tokens;
}

function same(expected: string): Token {
  return character => character === expected;
}

function oneOf(set: readonly string[]): Token {
  const isNegated = set[0] === '!' || set[0] === '^';
  const members = isNegated ? set.slice(1) : set;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    const from = members[at] ?? '';
    const to = members[at + 1] === '-' ? members[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  const order = (character: string): number => character.codePointAt(0) ?? 0;
  return character =>
    ranges.some(([from, to]) => order(from) <= order(character) && order(character) <= order(to)) !==
    isNegated;
}

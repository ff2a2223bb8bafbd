import { type SemanticTokens, SemanticTokensBuilder, SemanticTokenTypes } from 'vscode-languageserver/node';
import type { ManifestDocument, ProfileId } from '../manifest/index.ts';
import { type FieldKind, fieldKind, textsIn } from './fields/index.ts';

/** The token types, in the order of their numbers. */
export const tokenTypes = [
  SemanticTokenTypes.operator,
  SemanticTokenTypes.string,
  SemanticTokenTypes.number,
  SemanticTokenTypes.keyword,
  SemanticTokenTypes.namespace,
] as const;

type TokenType = (typeof tokenTypes)[number];

/** What a pattern is made of; whatever matches first at a place counts. */
type Grammar = readonly (readonly [RegExp, TokenType])[];

const glob: Grammar = [
  [/\*+|\?|[{}[\]!]/y, SemanticTokenTypes.operator],
  [/^(?:~|\.{1,2}(?=\/))/y, SemanticTokenTypes.keyword],
  [/[^*?{}[\]!]+/y, SemanticTokenTypes.string],
];
const host: Grammar = [
  [/\*+/y, SemanticTokenTypes.operator],
  [/:\d+/y, SemanticTokenTypes.number],
  [/[^*:]+/y, SemanticTokenTypes.namespace],
];
const size: Grammar = [
  [/[\d.]+/y, SemanticTokenTypes.number],
  [/[A-Za-z]+/y, SemanticTokenTypes.keyword],
];
const range: Grammar = [
  [/[\^~<>=|*-]+/y, SemanticTokenTypes.operator],
  [/[0-9][\w.+-]*/y, SemanticTokenTypes.number],
];
const reference: Grammar = [
  [/^[^@]+/y, SemanticTokenTypes.namespace],
  [/@|[\^~<>=|*-]+/y, SemanticTokenTypes.operator],
  [/[0-9][\w.+-]*/y, SemanticTokenTypes.number],
];

const grammars: Readonly<Partial<Record<FieldKind, Grammar>>> = {
  'read-pattern': glob,
  'write-pattern': glob,
  'capability-pattern': glob,
  host,
  size,
  range,
  'plugin-range': range,
  'plugin-reference': reference,
};

/** The parts of capability patterns, hosts, sizes and version ranges, for colouring. */
export function patternTokens(document: ManifestDocument, profile: ProfileId): SemanticTokens {
  const found = textsIn(document).flatMap(({ value, path, textStart }) => {
    const grammar = grammars[fieldKind(profile, path) ?? 'version'];
    if (grammar === undefined || textStart === undefined || value.includes('\n')) return [];
    return partsOf(value, grammar).map(part => ({ ...part, start: textStart + part.start }));
  });
  const builder = new SemanticTokensBuilder();
  // An alias hangs a value in two places; it has its colours once.
  const seen = new Set<number>();
  for (const { start, length, type } of found.sort((a, b) => a.start - b.start)) {
    if (seen.has(start)) continue;
    seen.add(start);
    const { line, character } = document.lines.positionAt(start);
    builder.push(line, character, length, tokenTypes.indexOf(type), 0);
  }
  return builder.build();
}

function partsOf(text: string, grammar: Grammar): { start: number; length: number; type: TokenType }[] {
  const parts: { start: number; length: number; type: TokenType }[] = [];
  for (let at = 0; at < text.length; ) {
    const match = grammar
      .map(([pattern, type]) => ({ length: matchAt(pattern, text, at), type }))
      .find(({ length }) => length > 0);
    if (match === undefined) at++;
    else {
      parts.push({ start: at, ...match });
      at += match.length;
    }
  }
  return parts;
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

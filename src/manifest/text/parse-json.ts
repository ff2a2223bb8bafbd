import * as jsonc from 'jsonc-parser';
import { type ManifestNode, maxDepth, type ParsedText, sizeOf, type TextProblem } from './node.ts';

/** Reads JSON; comments and trailing commas are read too, and mentioned. Broken text gives as much of a tree as there is. */
export function parseJson(text: string): ParsedText {
  const scan = scanTokens(text);
  if (scan.tooDeep) return { root: undefined, problems: scan.problems };
  const errors: jsonc.ParseError[] = [];
  const tree = jsonc.parseTree(text, errors, { allowTrailingComma: true });
  const problems = [...errors.map(toProblem), ...scan.problems];
  return { root: tree === undefined ? undefined : toNode(tree), problems };
}

// The enums of jsonc-parser are `const enum`s, which a single-file transpiler can't read.
const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  lineComment: 12,
  blockComment: 13,
  eof: 17,
};

/** Looks at the tokens alone: the parser descends recursively, so the depth must be known before it starts. */
function scanTokens(text: string): { tooDeep: boolean; problems: TextProblem[] } {
  const scanner = jsonc.createScanner(text);
  const open: number[] = [];
  const problems: TextProblem[] = [];
  let comment: TextProblem | undefined;
  let comma: TextProblem | undefined;
  for (;;) {
    const token = scanner.scan() as number;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (token === Token.eof) break;
    if (token === Token.lineComment || token === Token.blockComment) {
      comment ??= {
        code: 'COMMENT',
        start,
        end,
        message: 'Comments are read here, but strict JSON readers refuse them.',
      };
      continue;
    }
    if (token > Token.lineComment && token <= 15) continue;
    const closes = token === Token.closeBrace || token === Token.closeBracket;
    if (closes && comma !== undefined) problems.push(comma);
    comma =
      token === Token.comma
        ? {
            code: 'TRAILING-COMMA',
            start,
            end,
            message: 'A comma before a closing bracket is read here, but strict JSON readers refuse it.',
            replacement: '',
          }
        : undefined;
    // A closer that does not match is skipped by the parser, so it closes nothing here either.
    if (closes && open.at(-1) === token) open.pop();
    if (token === Token.openBrace || token === Token.openBracket) open.push(token + 1);
    if (open.length > maxDepth) {
      return {
        tooDeep: true,
        problems: [{ code: 'DEPTH', start, end, message: `Nested deeper than ${maxDepth} levels.` }],
      };
    }
  }
  return { tooDeep: false, problems: comment === undefined ? problems : [comment, ...problems] };
}

function toNode(node: jsonc.Node): ManifestNode {
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'array') {
    const items = (node.children ?? []).map(toNode);
    return { ...span, kind: 'array', items, size: sizeOf(items) };
  }
  if (node.type !== 'object') return { ...span, kind: 'scalar', value: scalarOf(node.value), size: 1 };
  const properties = (node.children ?? []).flatMap(property => {
    const [key, value] = property.children ?? [];
    // While `"key"` is typed there is no value yet; the parser reports it, and the key is left out.
    if (key === undefined || value === undefined) return [];
    return [
      {
        key: String(key.value),
        keySpan: { start: key.offset, end: key.offset + key.length },
        value: toNode(value),
      },
    ];
  });
  return { ...span, kind: 'object', properties, size: sizeOf(properties.map(property => property.value)) };
}

function scalarOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON.',
  InvalidNumberFormat: 'This is not a number as JSON writes it.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace is expected here.',
  CloseBracketExpected: 'A closing bracket is expected here.',
  EndOfFileExpected: 'Nothing may follow the manifest.',
  UnexpectedEndOfComment: 'The comment is not closed.',
  UnexpectedEndOfString: 'The string is not closed.',
  UnexpectedEndOfNumber: 'The number is not finished.',
  InvalidUnicode: 'The escape is not a Unicode character.',
  InvalidEscapeCharacter: 'There is no such escape in JSON.',
  InvalidCharacter: 'This character must be escaped in a JSON string.',
};

function toProblem(error: jsonc.ParseError): TextProblem {
  const message = messages[jsonc.printParseErrorCode(error.error)] ?? 'This is not JSON.';
  return { code: 'SYNTAX', start: error.offset, end: error.offset + error.length, message };
}

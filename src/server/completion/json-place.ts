import { createScanner, getLocation } from 'jsonc-parser';
import type { ManifestDocument } from '../../manifest/index.ts';
import { lineStartOf, type Place } from './place.ts';

// The enums of jsonc-parser are `const enum`s, which a single-file transpiler can't read.
const Token = { openBrace: 1, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, string: 10, eof: 17 };

/** What stands around the cursor. */
interface Surroundings {
  /** The token the cursor is in or right behind, if it is a word, number or string. */
  readonly touched: { readonly start: number; readonly end: number } | undefined;
  /** Kind and end of the token before it. */
  readonly before: { readonly kind: number; readonly end: number } | undefined;
  /** Kind of the token after it. */
  readonly after: number;
  readonly inComment: boolean;
  /** The brackets that are open at the cursor. */
  readonly open: readonly number[];
}

/** Finds out what can be inserted at an offset of a JSON text; `undefined` where nothing can. */
export function jsonPlace(document: ManifestDocument, offset: number): Place | undefined {
  const { text } = document;
  const around = lookAround(text, offset);
  if (around.inComment) return undefined;
  const location = getLocation(text, offset);
  const { start, end } = around.touched ?? { start: offset, end: offset };
  // After a value whose comma is missing another key is typed.
  const isKey = around.open.at(-1) === Token.openBrace && around.before?.kind !== Token.colon;
  const path = isKey ? location.path.slice(0, around.open.length - 1) : location.path;
  const node = document.nodeAt(path);
  const keys = isKey && node?.kind === 'object' ? node.properties : [];
  const lineStart = lineStartOf(text, start);
  return {
    kind: isKey ? 'key' : 'value',
    path,
    start,
    end,
    taken: new Set(keys.filter(({ keySpan }) => keySpan.start !== start).map(({ key }) => key)),
    hasValue: isKey && around.after === Token.colon,
    lead: '',
    tail: needsComma(around.after) ? ',' : '',
    missingCommaAt:
      around.before !== undefined && isValueEnd(around.before.kind) && around.open.length > 0
        ? around.before.end
        : undefined,
    indent: /^[\t ]*/.exec(text.slice(lineStart))?.[0] ?? '',
    syntax: 'json',
  };
}

function lookAround(text: string, offset: number): Surroundings {
  const scanner = createScanner(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text);
  let before: Surroundings['before'];
  let touched: Surroundings['touched'];
  const open: number[] = [];
  for (;;) {
    const kind = scanner.scan() as number;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (kind === Token.eof) return { touched, before, after: kind, inComment: false, open };
    if (kind === 12 || kind === 13) {
      const inside = start < offset && (offset < end || (kind === 12 && offset === end));
      if (inside) return { touched, before, after: kind, inComment: true, open };
      continue;
    }
    if (kind === 14 || kind === 15) continue;
    const isWord = kind >= 7 && kind <= 11;
    const isUnknownWord = kind === 16;
    if ((isWord || isUnknownWord) && start <= offset && offset <= end && touched === undefined) {
      touched = { start, end };
      continue;
    }
    if (end > offset || touched !== undefined)
      return { touched, before, after: kind, inComment: false, open };
    before = { kind, end };
    if (kind === Token.openBrace || kind === Token.openBracket) open.push(kind);
    else if (open.at(-1) === kind - 1 && isCloser(kind)) open.pop();
  }
}

function isCloser(kind: number): boolean {
  return kind === Token.openBrace + 1 || kind === Token.closeBracket;
}

function isValueEnd(kind: number | undefined): boolean {
  return kind !== undefined && (kind === 2 || kind === Token.closeBracket || (kind >= 7 && kind <= 11));
}

/** Before another key or value, unless a comma is there. */
function needsComma(after: number): boolean {
  return after === Token.openBrace || after === Token.openBracket || (after >= 7 && after <= 11);
}

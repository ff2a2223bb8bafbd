import type { ManifestDocument } from '../../manifest/index.ts';
import { flowPosition, isOpenFlow } from './flow-place.ts';
import { lineStartOf, type Place } from './place.ts';
import { BlockNesting, type LineParts, partsOf } from './yaml-lines.ts';

/** What the lines above the cursor have opened. */
interface Above {
  readonly nesting: BlockNesting;
  /** Offset of a bracket that is still open at the cursor. */
  readonly flow: number | undefined;
}

/**
 * Finds out what can be inserted at an offset of a YAML text; `undefined` where nothing can. It goes by lines and
 * columns, because a manifest that is being typed is seldom whole.
 */
export function yamlPlace(document: ManifestDocument, offset: number): Place | undefined {
  // A lone carriage return ends a line, too.
  const text = document.text.replace(/\r(?!\n)/g, '\n');
  const lineStart = lineStartOf(text, offset);
  const nextBreak = text.indexOf('\n', offset);
  const line = text.slice(lineStart, nextBreak < 0 ? text.length : nextBreak).replace(/\r$/, '');
  const column = offset - lineStart;
  if (isComment(line.slice(0, column)) || /^(?:---|\.\.\.|%)/.test(line)) return undefined;

  const above = readAbove(text, lineStart);
  const { nesting } = above;
  if (nesting.isText(line) && line.trim() !== '') return undefined;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const parts = partsOf(line.slice(0, column));
  let flow = above.flow;
  if (flow === undefined) {
    for (const dash of parts.dashes) nesting.addDash(dash);
    if (parts.key !== undefined) nesting.addKey(parts.key.column, parts.key.name);
    if (/^[[{]/.test(parts.rest)) flow = lineStart + parts.restColumn;
  }
  if (flow !== undefined) return inFlow(text, flow, offset, lineStart + line.length, nesting, indent);
  return inBlock({ text, offset, line, lineStart, column, parts, nesting });
}

function readAbove(text: string, end: number): Above {
  const nesting = new BlockNesting();
  let flow: number | undefined;
  for (let at = 0; at < end; ) {
    const next = text.indexOf('\n', at) + 1;
    const line = text.slice(at, next - 1).replace(/\r$/, '');
    if (flow !== undefined) {
      if (flowPosition(text, flow, next) === undefined) flow = undefined;
    } else if (/^---(?:\s|$)/.test(line)) {
      nesting.reset();
    } else if (!nesting.isText(line) && line.trim() !== '' && !/^\s*#/.test(line)) {
      const parts = partsOf(line);
      nesting.addLine(parts);
      if (isOpenFlow(parts.rest)) flow = at + parts.restColumn;
    }
    at = next;
  }
  return { nesting, flow };
}

function inFlow(
  text: string,
  from: number,
  offset: number,
  lineEnd: number,
  nesting: BlockNesting,
  indent: string,
): Place | undefined {
  const position = flowPosition(text, from, offset);
  if (position === undefined) return undefined;
  const word = /^["']/.test(text.slice(position.start, offset)) ? /^[^"'\n]*["']?/ : /^[^,\]}:\n#]*/;
  const rest = word.exec(text.slice(offset, lineEnd))?.[0].trimEnd() ?? '';
  const end = offset + rest.length;
  return {
    ...position,
    path: [...nesting.path, ...position.path],
    end,
    hasValue: position.kind === 'key' && /^\s*:/.test(text.slice(end, lineEnd)),
    lead: '',
    tail: '',
    indent,
    syntax: 'flow',
  };
}

interface BlockInput {
  readonly text: string;
  readonly offset: number;
  readonly line: string;
  readonly lineStart: number;
  readonly column: number;
  readonly parts: LineParts;
  readonly nesting: BlockNesting;
}

function inBlock({ text, offset, line, lineStart, column, parts, nesting }: BlockInput): Place {
  const valueEnd = lineStart + Math.max(column, endOfValue(line));
  if (parts.key !== undefined) {
    return {
      kind: 'value',
      path: nesting.path,
      start: lineStart + parts.restColumn,
      end: valueEnd,
      taken: new Set(),
      hasValue: false,
      lead: line[parts.restColumn - 1] === ':' ? ' ' : '',
      tail: '',
      indent: ' '.repeat(parts.key.column),
      syntax: 'block',
    };
  }
  const start = parts.restColumn;
  const isItem = parts.dashes.length > 0;
  if (!isItem) nesting.enter(start);
  const { path } = nesting;
  // The whole line has a colon although what is before the cursor has none: the cursor is within a key.
  const whole = partsOf(line);
  const end = whole.key === undefined ? valueEnd : Math.max(offset, lineStart + whole.key.end);
  const taken = new Set(nesting.keys.get(JSON.stringify(path)) ?? []);
  const rest = readAllKeys(text, lineStart, path);
  for (const key of rest) taken.add(key);
  return {
    kind: isItem && whole.key === undefined ? 'value' : 'key',
    path,
    start: lineStart + start,
    end,
    taken,
    hasValue: whole.key !== undefined,
    lead: line[start - 1] === '-' ? ' ' : '',
    tail: '',
    indent: ' '.repeat(start),
    syntax: 'block',
  };
}

/** The keys of the object at a path, in the whole text but for the line that is being typed. */
function readAllKeys(text: string, skipped: number, path: Place['path']): readonly string[] {
  const lineEnd = text.indexOf('\n', skipped);
  if (lineEnd < 0) return [];
  // The dash of an item stays, so that the items after it keep their indices.
  const line = text.slice(skipped, lineEnd);
  const kept = /^ *(?:- +)*/.exec(line)?.[0] ?? '';
  const rest = `${text.slice(0, skipped)}${kept}\n${text.slice(lineEnd + 1)}\n`;
  return readAbove(rest, rest.length).nesting.keys.get(JSON.stringify(path)) ?? [];
}

/** A text in quotes, also one that is not closed yet; an apostrophe within a word opens none. */
const QUOTED = /(?<=^|[\s[{,:(-])(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^']|'')*(?:'|$))/g;

function isComment(before: string): boolean {
  return /(?:^|\s)#/.test(before.replace(QUOTED, '""'));
}

/** Column where the value of a line ends: before its comment and the spaces there. */
function endOfValue(line: string): number {
  const masked = line.replace(QUOTED, quoted => '"'.repeat(quoted.length));
  return masked.replace(/\s+#.*$/, '').trimEnd().length;
}

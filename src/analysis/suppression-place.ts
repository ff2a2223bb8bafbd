import { createLineMap, type TextEdit } from '../base/index.ts';
import type { ParsedFile } from './parse.ts';
import { type CommentForm, SUPPRESSION_MARK, suppressionComment } from './suppression.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** Where a line of its own would be text and no comment. */
const TEXTUAL = /string|comment|regex|char_literal/;

/** Codes and end of the list in a suppression: `// mark CODE, CODE -- why`. */
const LISTED = new RegExp(String.raw`^(.*\b${SUPPRESSION_MARK})\b([^\n]*?)(\s*(?:--|\*/|$))`);

/**
 * The edit that puts a comment above a line which switches a rule off there, in the way of the language, or adds the rule to
 * such a comment. The reason is left empty on purpose: the comment takes effect when the author has written one.
 * `undefined` where no comment can stand: within a text over several lines, after a line that ends with a backslash.
 *
 * @param line from zero
 */
export function suppressionEdit(parsed: ParsedFile, code: string, line: number): TextEdit | undefined {
  const { text } = parsed;
  const lines = createLineMap(text);
  const start = lines.offsetAt({ line, character: 0 });
  const before =
    line === 0
      ? ''
      : text.slice(lines.offsetAt({ line: line - 1, character: 0 }), start).replace(/\r?\n$/, '');
  const listed = LISTED.exec(before);
  if (listed !== null) {
    const [, head = '', codes = ''] = listed;
    const position = { line: line - 1, character: head.length + codes.length };
    return {
      range: { start: position, end: position },
      newText: codes.trim() === '' ? ` ${code}` : `, ${code}`,
    };
  }
  const form = before.endsWith('\\') ? undefined : commentFormAt(parsed, start);
  if (form === undefined) return undefined;
  const indent = /^[\t ]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  const lineEnd = text.startsWith('\r\n', text.indexOf('\n') - 1) ? '\r\n' : '\n';
  const position = { line, character: 0 };
  return {
    range: { start: position, end: position },
    newText: `${indent}${suppressionComment([code], '', form)}${lineEnd}`,
  };
}

function commentFormAt({ nodes, language }: ParsedFile, offset: number): CommentForm | undefined {
  let node = nodes[0];
  let form: CommentForm | undefined = language === 'python' ? 'hash' : 'slashes';
  for (; node !== undefined; node = partAt(node, offset)) {
    // What is filled into a text over several lines is code again, but older Pythons allow no comment there.
    if (TEXTUAL.test(node.type)) form = undefined;
    else if (/^jsx_(?:element|fragment|text)$/.test(node.type)) form = 'element';
    else if (form === 'element' || (form === undefined && node.type === 'template_substitution'))
      form = 'slashes';
  }
  return form;
}

/** The part that begins before a place and ends after it. */
function partAt(node: SyntaxNode, offset: number): SyntaxNode | undefined {
  return node.children.find(({ start, end }) => start < offset && offset < end);
}

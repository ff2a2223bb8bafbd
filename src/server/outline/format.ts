import { isDeepStrictEqual } from 'node:util';
import { format as formatJson } from 'jsonc-parser';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver/node';
import * as yaml from 'yaml';
import { applyEdits, type ManifestDocument, parseManifest } from '../../manifest/index.ts';
import { wholeText } from '../fix-all.ts';

/**
 * Lays a manifest out evenly; comments stay. Empty for a text with syntax errors: what is broken is not moved.
 *
 * @param range formats only that; YAML is always formatted as a whole
 */
export function formatManifest(
  document: ManifestDocument,
  options: FormattingOptions,
  range?: Range,
): TextEdit[] {
  const isBroken = document.findings.some(
    ({ severity, code }) => severity === 'error' && !code.endsWith('DUPLICATE'),
  );
  if (isBroken || document.root === undefined) return [];
  return document.format === 'json' ? jsonEdits(document, options, range) : yamlEdits(document, options);
}

function jsonEdits(document: ManifestDocument, options: FormattingOptions, range?: Range): TextEdit[] {
  const { text, lines } = document;
  const start = range && lines.offsetAt(range.start);
  const span =
    start === undefined || range === undefined
      ? undefined
      : { offset: start, length: lines.offsetAt(range.end) - start };
  const edits = formatJson(text, span, {
    tabSize: options.tabSize,
    insertSpaces: options.insertSpaces,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    insertFinalNewline: options.insertFinalNewline === true,
    keepLines: false,
  });
  return edits
    .filter(({ offset, length, content }) => text.slice(offset, offset + length) !== content)
    .map(({ offset, length, content }) => ({
      range: lines.rangeOf(offset, offset + length),
      newText: content,
    }));
}

function yamlEdits(document: ManifestDocument, options: FormattingOptions): TextEdit[] {
  const { text } = document;
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const parsed = yaml.parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const [only] = parsed;
  // Several documents in a file are nothing that anyone lays out as one.
  if (!Array.isArray(parsed) || parsed.length !== 1 || only === undefined || only.errors.length > 0)
    return [];
  const indent = Math.min(Math.max(options.tabSize, 2), 8);
  let formatted = only.toString({ lineWidth: 0, indent, indentSeq: true, flowCollectionPadding: false });
  if (text.includes('\r\n')) formatted = formatted.replaceAll('\n', '\r\n');
  if (text === mark + formatted) return [];
  const edit = wholeText(text, mark + formatted);
  // The layout alone may change.
  const after = parseManifest(applyEdits(text, [edit]), document.file);
  return isDeepStrictEqual(after.value, document.value) ? [edit] : [];
}

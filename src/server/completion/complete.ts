import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Position,
} from 'vscode-languageserver/node';
import type { ManifestDocument } from '../../manifest/index.ts';
import type { ManifestSubject } from '../manifest-subject.ts';
import { toPlainText } from '../plain-completion.ts';
import { facetsAt, typesOf } from '../schema/index.ts';
import { fieldKeyProposals, fieldProposals } from './field-proposals.ts';
import { jsonPlace } from './json-place.ts';
import { schemaOfNew } from './new-manifest.ts';
import { lineStartOf, type Place } from './place.ts';
import type { Proposal } from './proposal.ts';
import { renderJson } from './render-json.ts';
import { renderYaml, renderYamlItem } from './render-yaml.ts';
import { keyProposals, valueProposals } from './schema-proposals.ts';
import { yamlPlace } from './yaml-place.ts';

/** What the client can do with a completion. */
export interface CompletionSupport {
  /** It fills in placeholders. */
  readonly snippets: boolean;
  /** It indents the further lines of what it inserts. */
  readonly indents: boolean;
}

/** Reads the support out of what a client says at the start. */
export function completionSupportOf(capabilities: ClientCapabilities): CompletionSupport {
  const item = capabilities.textDocument?.completion?.completionItem;
  const snippets = item?.snippetSupport === true;
  const indents = item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true;
  // Whoever expands snippets indents them, also where it doesn't say so.
  return { snippets, indents: indents || snippets };
}

/** What can be inserted at a position of a manifest, in JSON or YAML. */
export function completeManifest(
  subject: ManifestSubject,
  position: Position,
  support: CompletionSupport,
): CompletionList {
  const { document, profile } = subject.reading;
  const offset = document.lines.offsetAt(position);
  const place = document.format === 'json' ? jsonPlace(document, offset) : yamlPlace(document, offset);
  if (place === undefined) return { isIncomplete: false, items: [] };
  const schema = profile?.schema ?? schemaOfNew(document.file);
  const typed = document.text.slice(place.start, offset).replace(/^["']/, '');
  const write = createWriter(document, place, support);
  const { proposals, asItem } = gather(subject, schema, place, typed);
  const items = proposals.map((proposal, index) => write(proposal, index, asItem));
  // A path is offered one folder at a time, so the list changes as it is typed.
  const isPath = proposals.some(({ kind }) => kind === 'folder');
  return { isIncomplete: isPath, items };
}

function gather(
  subject: ManifestSubject,
  schema: unknown,
  place: Place,
  typed: string,
): { readonly proposals: readonly Proposal[]; readonly asItem: boolean } {
  const { path, taken } = place;
  const keys = (): Proposal[] => [
    ...fieldKeyProposals(subject, path, taken),
    ...keyProposals(schema, path, taken),
  ];
  const values = (at: Place['path']): Proposal[] => {
    const own = fieldProposals(subject, at, typed);
    const labels = new Set(own.map(({ label }) => label));
    return [...own, ...valueProposals(schema, at).filter(({ label }) => !labels.has(label))];
  };
  const types = typesOf(facetsAt(schema, path));
  if (place.kind === 'value') {
    const item = path.at(-1);
    const others = typeof item === 'number' ? siblingsOf(subject.reading.document, path, item) : undefined;
    const found = values(path).filter(({ label }) => others === undefined || !others.has(label));
    // Behind the dash of an item that is an object its first key can stand, too.
    const isObjectItem = place.syntax === 'block' && typeof item === 'number' && types.includes('object');
    const known = new Set(found.map(({ label }) => label));
    const more = isObjectItem ? keys().filter(({ label }) => !known.has(label)) : [];
    return { proposals: [...found, ...more], asItem: false };
  }
  const isList = place.syntax === 'block' && types.includes('array') && !types.includes('object');
  if (!isList) return { proposals: keys(), asItem: false };
  return { proposals: values([...path, 0]), asItem: true };
}

/** The other texts of the list that an item stands in. */
function siblingsOf(document: ManifestDocument, path: Place['path'], item: number): ReadonlySet<string> {
  const list = document.nodeAt(path.slice(0, -1));
  if (list?.kind !== 'array') return new Set();
  return new Set(
    list.items.flatMap((node, index) =>
      index !== item && node.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [],
    ),
  );
}

const kinds: Readonly<Record<Proposal['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  plugin: CompletionItemKind.Module,
  host: CompletionItemKind.Reference,
  method: CompletionItemKind.Method,
};

function createWriter(document: ManifestDocument, place: Place, support: CompletionSupport) {
  const { text, lines } = document;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const step = document.format === 'json' && /^\t/m.test(text) ? '\t' : '  ';
  const range = lines.rangeOf(place.start, place.end);
  const lineStart = lineStartOf(text, place.start);
  const lineIndent = /^[\t ]*/.exec(text.slice(lineStart, place.start))?.[0] ?? '';
  // A client indents as the line is; behind a dash the text stands further in.
  const beyondLine = place.indent.slice(lineIndent.length);
  const commaAt = place.missingCommaAt;
  // In brackets and quotes the text that is replaced begins with a quote, and so must what it is compared with.
  const filterOf = (written: string, label: string): string => {
    const first = /^["']/.exec(text.slice(place.start, place.end))?.[0];
    return first === undefined ? label : `${first}${label}${written.endsWith(first) ? first : ''}`;
  };
  const render = (proposal: Proposal, asItem: boolean): string => {
    if (asItem) return renderYamlItem(proposal.body, step, eol);
    return document.format === 'json'
      ? renderJson(proposal, place, step, eol)
      : renderYaml(proposal, place, step, eol);
  };

  return (proposal: Proposal, index: number, asItem: boolean): CompletionItem => {
    const snippet = render(proposal, asItem);
    const indented = snippet.replaceAll(eol, eol + (support.indents ? beyondLine : place.indent));
    const isSnippet = support.snippets && /\$/.test(snippet);
    const newText = isSnippet ? indented : toPlainText(indented);
    return {
      label: proposal.label,
      kind: kinds[proposal.kind],
      sortText: `${proposal.rank}${String(index).padStart(4, '0')}`,
      filterText: filterOf(newText, proposal.label),
      insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(support.indents ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
      textEdit: { range, newText },
      ...(proposal.detail === undefined ? {} : { detail: proposal.detail }),
      ...(proposal.documentation === undefined
        ? {}
        : { documentation: { kind: MarkupKind.Markdown, value: proposal.documentation } }),
      ...(proposal.deprecated === true ? { tags: [CompletionItemTag.Deprecated] } : {}),
      ...(commaAt === undefined
        ? {}
        : { additionalTextEdits: [{ range: lines.rangeOf(commaAt, commaAt), newText: ',' }] }),
    };
  };
}

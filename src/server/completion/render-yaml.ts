import * as yaml from 'yaml';
import { toPlainText } from '../plain-completion.ts';
import { isMap } from '../schema/index.ts';
import type { Place } from './place.ts';
import type { Body, Proposal } from './proposal.ts';
import { renderJson } from './render-json.ts';
import { escapeSnippet, quoteSnippet } from './snippet.ts';

/** A proposal as a snippet of YAML, in the indented style where the place allows it. @param step one level of indentation */
export function renderYaml(proposal: Proposal, place: Place, step: string, eol: string): string {
  if (place.syntax !== 'block') return renderFlow(proposal, place);
  const { key, body } = proposal;
  if (key !== undefined && place.hasValue) return place.lead + keyText(key);
  const lines = key === undefined ? blockLines(body, step) : memberLines(key, body, step);
  const isBlockValue = place.kind === 'value' && key === undefined && isCollection(body);
  const isItem = typeof place.path.at(-1) === 'number';
  // A list or object in the place of a value stands below its key; in an item it stands behind the dash.
  if (isBlockValue && !isItem) return ['', ...lines.map(line => step + line)].join(eol);
  return place.lead + lines.join(eol);
}

/** An item with its dash, where a list has none yet. */
export function renderYamlItem(body: Body, step: string, eol: string): string {
  return itemLines(body, step).join(eol);
}

/** Within brackets YAML is written on one line, plain words without quotes. */
function renderFlow(proposal: Proposal, place: Place): string {
  if (proposal.key === undefined && typeof proposal.body === 'string') return scalarText(proposal.body, true);
  const text = renderJson(proposal, place, '', ' ');
  return proposal.key === undefined || !/^"[\w-]+"/.test(text) ? text : text.replace(/^"([\w-]+)"/, '$1');
}

function isCollection(body: Body): boolean {
  return (Array.isArray(body) && body.length > 0) || (isMap(body) && Object.keys(body).length > 0);
}

function memberLines(key: string, body: Body, step: string): string[] {
  const name = `${keyText(key)}:`;
  if (!isCollection(body)) return [`${name} ${inlineText(body)}`];
  return [name, ...blockLines(body, step).map(line => step + line)];
}

function blockLines(body: Body, step: string): string[] {
  if (!isCollection(body)) return [inlineText(body)];
  if (Array.isArray(body)) return body.flatMap(item => itemLines(item, step));
  return Object.entries(body as object).flatMap(([key, value]) =>
    key === '^' ? [String(value)] : memberLines(key, value, step),
  );
}

function itemLines(body: Body, step: string): string[] {
  const [first = '', ...rest] = blockLines(body, step);
  return [`- ${first}`, ...rest.map(line => `  ${line}`)];
}

function inlineText(body: Body): string {
  if (typeof body === 'string') return scalarText(body, false);
  return JSON.stringify(body) ?? 'null';
}

function keyText(key: string): string {
  return scalarText(escapeSnippet(key), true);
}

/** Without quotes where YAML reads the words as the same text. */
function scalarText(snippet: string, inFlow: boolean): string {
  if (snippet.startsWith('^')) return snippet.slice(1);
  if (snippet === '') return '""';
  const plain = toPlainText(snippet);
  const needsQuotes = plain !== '' && yaml.stringify(plain, { lineWidth: 0 }).trimEnd() !== plain;
  return needsQuotes || (inFlow && /[[\]{},]/.test(plain)) ? quoteSnippet(snippet) : snippet;
}

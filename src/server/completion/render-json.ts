import { isMap } from '../schema/index.ts';
import type { Place } from './place.ts';
import type { Body, Proposal } from './proposal.ts';
import { escapeSnippet, quoteSnippet } from './snippet.ts';

/** A proposal as a snippet of JSON. @param step one level of indentation */
export function renderJson(proposal: Proposal, place: Place, step: string, eol: string): string {
  const { key, body } = proposal;
  if (place.kind === 'key' && key === undefined) {
    const members = isMap(body) ? Object.entries(body) : [];
    return members.map(([name, value]) => member(name, value, '', step, eol)).join(`,${eol}`) + place.tail;
  }
  if (key === undefined) return valueText(body, '', step, eol) + place.tail;
  if (place.hasValue) return quoteSnippet(escapeSnippet(key));
  return member(key, body, '', step, eol) + place.tail;
}

function member(key: string, body: Body, indent: string, step: string, eol: string): string {
  return `${quoteSnippet(escapeSnippet(key))}: ${valueText(body, indent, step, eol)}`;
}

function valueText(body: Body, indent: string, step: string, eol: string): string {
  if (typeof body === 'string') return body.startsWith('^') ? body.slice(1) : quoteSnippet(body);
  const inner = indent + step;
  if (Array.isArray(body)) {
    if (body.length === 0) return '[]';
    const items = body.map(item => valueText(item, inner, step, eol));
    const isShort = items.every(item => !item.includes('\n')) && items.join(', ').length <= 60;
    return isShort
      ? `[${items.join(', ')}]`
      : `[${eol}${inner}${items.join(`,${eol}${inner}`)}${eol}${indent}]`;
  }
  if (!isMap(body)) return JSON.stringify(body);
  const entries = Object.entries(body);
  const [first] = entries;
  if (first === undefined) return '{}';
  const members =
    first[0] === '^'
      ? [String(first[1])]
      : entries.map(([key, value]) => member(key, value, inner, step, eol));
  return `{${eol}${inner}${members.join(`,${eol}${inner}`)}${eol}${indent}}`;
}

import type { SourcePath } from '../../manifest/index.ts';
import { describeFacets, type Facet, facetsAt, itemsOf, keysOf, typesOf } from '../schema/index.ts';
import type { Proposal } from './proposal.ts';
import { choicesOf, draftOf, snippetsOf } from './schema-body.ts';
import { escapeSnippet } from './snippet.ts';

/** The keys an object may still get, required ones first, and its snippets where one fits in a key's place. */
export function keyProposals(root: unknown, path: SourcePath, taken: ReadonlySet<string>): Proposal[] {
  const here = facetsAt(root, path);
  const keys = keysOf(root, here).filter(({ key }) => !taken.has(key));
  const plain = keys.map(({ key, facets, required }): Proposal => {
    const deprecated = isDeprecated(facets);
    return {
      label: key,
      kind: 'key',
      key,
      body: draftOf(root, facets),
      detail: required ? 'required' : titleOf(facets),
      documentation: describeFacets(facets),
      rank: required ? 0 : deprecated ? 8 : 2,
      deprecated,
    };
  });
  const variants = keys.flatMap(({ key, facets }) => snippetVariants(root, key, facets));
  const whole = taken.size > 0 ? [] : snippetProposals(here);
  return [...plain, ...variants, ...whole];
}

/** Where a key has several drafts, each of them by its label. */
function snippetVariants(root: unknown, key: string, facets: readonly Facet[]): Proposal[] {
  const own = snippetsOf(facets);
  const items = snippetsOf(itemsOf(root, facets)).map(snippet => ({ ...snippet, body: [snippet.body] }));
  const snippets = [...(own.length > 1 ? own : []), ...items];
  return snippets.map(({ label, description, body }) => ({
    label: `${key}: ${label}`,
    kind: 'snippet',
    key,
    body,
    documentation: description ?? describeFacets(facets),
    rank: 4,
  }));
}

/** The values a schema names for a path: choices, snippets, defaults and examples. */
export function valueProposals(root: unknown, path: SourcePath): Proposal[] {
  const facets = facetsAt(root, path);
  const choices = choicesOf(facets)?.map(
    ({ value, description }): Proposal => ({
      label: String(value),
      kind: 'value',
      body: typeof value === 'string' ? escapeSnippet(value) : value,
      documentation: description,
      rank: 0,
    }),
  );
  if (choices !== undefined) return choices;
  const types = typesOf(facets);
  const proposals = [...snippetProposals(facets)];
  if (types.includes('boolean')) {
    for (const value of [true, false])
      proposals.push({ label: String(value), kind: 'value', body: value, rank: 1 });
  }
  const given = facets.flatMap(facet => [
    ...(facet['default'] === undefined ? [] : [facet['default']]),
    ...(Array.isArray(facet['examples']) ? facet['examples'] : []),
  ]);
  for (const value of given) proposals.push(exampleProposal(value));
  const isNested = types.includes('object') || types.includes('array');
  if (isNested && given.length === 0 && proposals.length === 0) {
    const label = types.includes('object') ? '{…}' : '[…]';
    proposals.push({ label, kind: 'snippet', body: draftOf(root, facets), rank: 3 });
  }
  const names = typeof path.at(-1) === 'number' ? [] : itemExamples(root, facets);
  return unique([...proposals, ...names]);
}

/** Examples of the items of a list, as lists of one. */
function itemExamples(root: unknown, facets: readonly Facet[]): Proposal[] {
  const items = itemsOf(root, facets);
  const snippets = snippetsOf(items).map(
    ({ label, description, body }): Proposal => ({
      label,
      kind: 'snippet',
      body: [body],
      documentation: description,
      rank: 2,
    }),
  );
  return [...snippets, ...(choicesOf(items) ?? []).map(({ value }) => exampleProposal([value]))];
}

function snippetProposals(facets: readonly Facet[]): Proposal[] {
  return snippetsOf(facets).map(({ label, description, body }) => ({
    label,
    kind: 'snippet',
    body,
    documentation: description,
    rank: 3,
  }));
}

function exampleProposal(value: unknown): Proposal {
  const label = typeof value === 'string' ? value : JSON.stringify(value);
  return { label, kind: 'value', body: asBody(value), detail: 'example', rank: 5 };
}

/** A plain value as a body: its texts stand for themselves. */
function asBody(value: unknown): unknown {
  if (typeof value === 'string') return escapeSnippet(value).replace(/^\^/, '\\^');
  if (Array.isArray(value)) return value.map(asBody);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asBody(inner)]));
}

function unique(proposals: readonly Proposal[]): Proposal[] {
  const seen = new Set<string>();
  return proposals.filter(({ label }) => !seen.has(label) && seen.add(label));
}

function titleOf(facets: readonly Facet[]): string | undefined {
  const title = facets.find(facet => typeof facet['title'] === 'string')?.['title'];
  return typeof title === 'string' ? title : undefined;
}

function isDeprecated(facets: readonly Facet[]): boolean {
  return facets.some(facet => facet['deprecationMessage'] !== undefined || facet['deprecated'] === true);
}

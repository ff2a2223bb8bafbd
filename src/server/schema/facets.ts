import type { SourcePath } from '../../manifest/index.ts';

/** More steps than any schema of ours takes; a schema may refer to itself. */
const MAX_FACETS = 64;

/** A piece of a JSON Schema that has a say about one value; a value may have several, through `allOf` and its like. */
export type Facet = Readonly<Record<string, unknown>>;

const COMBINERS = ['allOf', 'anyOf', 'oneOf'] as const;
const BRANCHES = ['then', 'else'] as const;

/** Every piece of a schema that may have a say about the value at a path; what is said first comes first. */
export function facetsAt(root: unknown, path: SourcePath): readonly Facet[] {
  let facets = expand(root, [root]);
  for (const step of path) {
    facets = expand(
      root,
      facets.flatMap(facet => childrenOf(facet, step)),
    );
  }
  return facets;
}

function childrenOf(facet: Facet, step: string | number): unknown[] {
  if (typeof step === 'number') return [facet['items']];
  const named = facet['properties'];
  if (isMap(named) && Object.hasOwn(named, step)) return [named[step]];
  return [facet['additionalProperties']];
}

/** Follows references and combinations, each once. */
function expand(root: unknown, start: readonly unknown[]): Facet[] {
  const found = new Set<Facet>();
  const visit = (schema: unknown): void => {
    if (!isMap(schema) || found.has(schema) || found.size >= MAX_FACETS) return;
    found.add(schema);
    if (typeof schema['$ref'] === 'string') visit(follow(root, schema['$ref']));
    for (const keyword of COMBINERS) {
      const parts = schema[keyword];
      if (Array.isArray(parts)) for (const part of parts) visit(part);
    }
    for (const keyword of BRANCHES) visit(schema[keyword]);
  };
  for (const schema of start) visit(schema);
  return [...found];
}

function follow(root: unknown, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let at = root;
  for (const step of reference.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isMap(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** What has a say about the items of a list. */
export function itemsOf(root: unknown, facets: readonly Facet[]): readonly Facet[] {
  return expand(
    root,
    facets.map(facet => facet['items']),
  );
}

/** What the facets say for a person, as Markdown; `undefined` when they say nothing. */
export function describeFacets(facets: readonly Facet[]): string | undefined {
  for (const facet of facets) {
    const text = facet['markdownDescription'] ?? facet['description'];
    if (typeof text === 'string') return text;
  }
  return undefined;
}

/** The JSON types a value may have; empty when anything goes. */
export function typesOf(facets: readonly Facet[]): readonly string[] {
  for (const { type } of facets as readonly { type?: unknown }[]) {
    if (typeof type === 'string') return [type];
    if (Array.isArray(type)) return type.filter(one => typeof one === 'string');
  }
  return [];
}

/** The keys an object may have that are known by name, with the facets of each value; required ones first. */
export function keysOf(
  root: unknown,
  facets: readonly Facet[],
): readonly { key: string; facets: readonly Facet[]; required: boolean }[] {
  const required = new Set(
    facets.flatMap(facet => (Array.isArray(facet['required']) ? facet['required'] : [])),
  );
  const keys = new Map<string, unknown[]>();
  for (const { properties } of facets as readonly { properties?: unknown }[]) {
    if (!isMap(properties)) continue;
    for (const [key, schema] of Object.entries(properties)) keys.set(key, [...(keys.get(key) ?? []), schema]);
  }
  return [...keys]
    .map(([key, schemas]) => ({ key, facets: expand(root, schemas), required: required.has(key) }))
    .sort((a, b) => Number(b.required) - Number(a.required));
}

/** Whether a value is an object with named fields. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a schema says of one of the values it lists. */
export function choiceOf(facets: readonly Facet[], value: unknown): string | undefined {
  for (const facet of facets) {
    const descriptions = facet['markdownEnumDescriptions'] ?? facet['enumDescriptions'];
    if (!Array.isArray(facet['enum']) || !Array.isArray(descriptions)) continue;
    const text: unknown = descriptions[facet['enum'].indexOf(value)];
    if (typeof text === 'string') return `\`${String(value)}\`: ${text}`;
  }
  return undefined;
}

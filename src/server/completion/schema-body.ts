import { type Facet, isMap, itemsOf, keysOf, typesOf } from '../schema/index.ts';
import { type Body, EMPTY_OBJECT } from './proposal.ts';
import { escapeSnippet } from './snippet.ts';

/** Nested required objects are filled in this deep. */
const MAX_DEPTH = 3;

/** Whole values the schema offers, with their labels. */
export function snippetsOf(
  facets: readonly Facet[],
): readonly { label: string; description: string | undefined; body: Body }[] {
  return facets.flatMap(({ defaultSnippets }: { defaultSnippets?: unknown }) =>
    (Array.isArray(defaultSnippets) ? defaultSnippets : []).filter(isMap).flatMap(snippet => {
      const { label, description, body } = snippet as Record<string, unknown>;
      if (typeof label !== 'string' || body === undefined) return [];
      return [{ label, description: typeof description === 'string' ? description : undefined, body }];
    }),
  );
}

/** The values a schema allows, with what it says of each; `undefined` when it doesn't list them. */
export function choicesOf(
  facets: readonly Facet[],
): readonly { value: string | number | boolean; description: string | undefined }[] | undefined {
  for (const facet of facets) {
    const values = facet['const'] === undefined ? facet['enum'] : [facet['const']];
    if (!Array.isArray(values)) continue;
    const descriptions = facet['markdownEnumDescriptions'] ?? facet['enumDescriptions'];
    const told = Array.isArray(descriptions) ? descriptions : [];
    return values.flatMap((value, index) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
      const description: unknown = told[index];
      return [{ value, description: typeof description === 'string' ? description : undefined }];
    });
  }
  return undefined;
}

/** A first draft of a value: what the schema offers, requires or gives as an example, with holes to fill in. */
export function draftOf(root: unknown, facets: readonly Facet[]): Body {
  let holes = 0;
  const hole = (text = ''): string => {
    holes++;
    return text === '' ? `$${holes}` : `\${${holes}:${escapeSnippet(text)}}`;
  };
  const draft = (current: readonly Facet[], depth: number): Body => {
    const [snippet] = snippetsOf(current);
    if (depth === 0 && snippet !== undefined) return snippet.body;
    const choices = choicesOf(current);
    if (choices !== undefined)
      return choiceBody(
        choices.map(({ value }) => value),
        () => ++holes,
      );
    const example = firstOf(current, 'default') ?? firstExample(current);
    const [type = 'string'] = typesOf(current);
    switch (type) {
      case 'object': {
        const required = depth < MAX_DEPTH ? keysOf(root, current).filter(key => key.required) : [];
        if (required.length === 0) return depth === 0 ? EMPTY_OBJECT : {};
        return Object.fromEntries(required.map(({ key, facets: inner }) => [key, draft(inner, depth + 1)]));
      }
      case 'array':
        return depth === 0 ? [itemDraft(current, hole)] : [];
      case 'boolean':
        holes++;
        return `^\${${holes}|true,false|}`;
      case 'number':
      case 'integer':
        return `^${hole(typeof example === 'number' ? String(example) : '')}`;
      default:
        return hole(typeof example === 'string' ? example : '');
    }
  };
  return draft(facets, 0);

  function itemDraft(current: readonly Facet[], makeHole: () => string): Body {
    const [type] = typesOf(itemsOf(root, current));
    return type === 'string' ? makeHole() : `^${makeHole()}`;
  }
}

function choiceBody(values: readonly (string | number | boolean)[], next: () => number): Body {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return typeof only === 'string' ? escapeSnippet(only) : only;
  const options = values.map(value => String(value).replace(/[\\$},|]/g, String.raw`\$&`)).join(',');
  const text = `\${${next()}|${options}|}`;
  return values.every(value => typeof value === 'string') ? text : `^${text}`;
}

function firstOf(facets: readonly Facet[], keyword: string): unknown {
  return facets.find(facet => facet[keyword] !== undefined)?.[keyword];
}

function firstExample(facets: readonly Facet[]): unknown {
  const examples = firstOf(facets, 'examples');
  return Array.isArray(examples) ? examples[0] : undefined;
}

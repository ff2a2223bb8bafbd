import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { effectOf } from './effects/index.ts';
import { fieldKind } from './fields/index.ts';
import type { ManifestSubject } from './manifest-subject.ts';
import { choiceOf, describeFacets, type Facet, facetsAt } from './schema/index.ts';

/** What a field means, what the value chosen means, and what the sandbox will do with it; the same for JSON and YAML. */
export function hoverManifest(subject: ManifestSubject, position: Position): Hover | null {
  const { document, profile } = subject.reading;
  if (profile === undefined) return null;
  const { path, onKey } = document.pathAt(document.lines.offsetAt(position));
  const node = document.nodeAt(path);
  // Between the members of an object nothing is pointed at.
  if (path.length === 0 || (!onKey && node?.kind !== 'scalar')) return null;
  const field = facetsAt(profile.schema, path);
  const facets = field.length === 0 ? [] : field;
  const value = node?.kind === 'scalar' && !onKey ? choiceOf(facets, node.value) : undefined;
  const effect = effectOf(document, profile.id, path);
  const parts = [
    value,
    describeNearest(profile.schema, path, facets),
    describePlugin(subject, path),
    effect === undefined ? undefined : `**In the sandbox:** ${effect}`,
  ].filter(part => part !== undefined);
  if (parts.length === 0) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n') },
    range: document.rangeOf(path, onKey ? 'key' : 'value'),
  };
}

/** An item of a list is described by its list. */
function describeNearest(schema: unknown, path: readonly (string | number)[], facets: readonly Facet[]) {
  const own = describeFacets(facets);
  if (own !== undefined || typeof path.at(-1) !== 'number') return own;
  return describeFacets(facetsAt(schema, path.slice(0, -1)));
}

/** The plugin of the workspace that a dependency means. */
function describePlugin({ reading, workspace }: ManifestSubject, path: readonly (string | number)[]) {
  const { profile, document } = reading;
  const kind = profile && fieldKind(profile.id, path);
  if (kind !== 'plugin-range' && kind !== 'plugin-reference') return undefined;
  const node = document.nodeAt(path);
  const text = node?.kind === 'scalar' ? String(node.value) : '';
  const id = kind === 'plugin-range' ? String(path.at(-1)) : (/^.[^@]*/.exec(text)?.[0] ?? '');
  const [plugin] = workspace.byId(id);
  if (plugin === undefined) return `\`${id}\` is not in this workspace.`;
  const { name, version, description } = plugin.manifest;
  return `**${name}** ${version}, in this workspace.${description === undefined ? '' : ` ${description}`}`;
}

import semver from 'semver';
import type { Finding, Range, RelatedLocation } from '../../base/index.ts';
import { makeFinding } from '../document.ts';
import { removeAt, renameKey, replaceScalar } from '../editing/index.ts';
import type { PluginDependency } from '../model.ts';
import { didYouMean } from '../shape/did-you-mean.ts';
import type { PluginIndex, WorkspacePlugin } from './plugin-index.ts';
import type { Wiring } from './wiring.ts';

/** What is wrong with a plugin in view of the others. */
export function crossFindings(plugin: WorkspacePlugin, index: PluginIndex, wiring: Wiring): Finding[] {
  return [
    ...sameId(plugin, index),
    ...plugin.manifest.dependencies.plugins.flatMap(dependency =>
      checkDependency(plugin, dependency, index, wiring),
    ),
    ...unansweredMethods(plugin, index),
  ];
}

function sameId({ file, document, manifest }: WorkspacePlugin, index: PluginIndex): Finding[] {
  const others = index.named(index.ids, manifest.id).filter(other => other.file !== file);
  if (others.length === 0) return [];
  const message = `Another plugin of the workspace has the id \`${manifest.id}\` too.`;
  const related = others.slice(0, maxRelated).map(other => placeOf(other, 'id', 'It has the same id.'));
  const range = document.rangeOf(manifest.origins['id'] ?? []);
  return [makeFinding(document, 'PW-MANIFEST-ID-TAKEN', range, message, { related })];
}

/** More places than anyone follows. */
const maxRelated = 20;

function checkDependency(
  plugin: WorkspacePlugin,
  dependency: PluginDependency,
  index: PluginIndex,
  wiring: Wiring,
): Finding[] {
  const { document, manifest } = plugin;
  const range = rangeOf(plugin, dependency);
  if (dependency.id === manifest.id) {
    const message = 'The plugin depends on itself.';
    const edits = removeAt(document, dependency.at);
    const fix = edits.length === 0 ? undefined : { title: 'Remove the dependency', edits };
    return [makeFinding(document, 'PW-MANIFEST-DEPENDENCY-SELF', range, message, { fix })];
  }
  const candidates = index.named(index.ids, dependency.id);
  if (candidates.length === 0) return [missing(plugin, dependency, range, index)];
  return [
    ...wrongVersion(plugin, dependency, range, candidates),
    ...cycle(plugin, dependency, range, index, wiring),
  ];
}

function missing(
  { document, manifest }: WorkspacePlugin,
  { id, at }: PluginDependency,
  range: Range,
  index: PluginIndex,
): Finding {
  const known = [...index.ids.names()].filter(name => name !== manifest.id);
  const meant = didYouMean(id, known);
  const said = `No plugin of the workspace has the id \`${id}\`.`;
  if (meant === undefined) return makeFinding(document, 'PW-MANIFEST-DEPENDENCY-MISSING', range, said);
  const node = document.nodeAt(at);
  const isKey = typeof at.at(-1) === 'string';
  const written = node?.kind === 'scalar' ? String(node.value) : id;
  const edits = isKey
    ? renameKey(document, at, meant)
    : replaceScalar(document, at, meant + written.slice(id.length));
  return makeFinding(
    document,
    'PW-MANIFEST-DEPENDENCY-MISSING',
    range,
    `${said} Did you mean \`${meant}\`?`,
    { fix: edits.length === 0 ? undefined : { title: `Replace \`${id}\` by \`${meant}\``, edits } },
  );
}

function wrongVersion(
  { document }: WorkspacePlugin,
  { id, range: wanted, at }: PluginDependency,
  range: Range,
  candidates: readonly WorkspacePlugin[],
): Finding[] {
  const fits = ({ manifest }: WorkspacePlugin) =>
    semver.satisfies(manifest.version, wanted, { includePrerelease: true });
  if (candidates.some(fits)) return [];
  const versions = candidates.map(({ manifest }) => manifest.version).join(', ');
  const message = `\`${id}\` is wanted as ${wanted}; the workspace has ${versions}.`;
  const related = candidates
    .slice(0, maxRelated)
    .map(other => placeOf(other, 'version', `The version of ${id}.`));
  const place = typeof at.at(-1) === 'string' ? document.rangeOf(at) : range;
  return [makeFinding(document, 'PW-MANIFEST-DEPENDENCY-VERSION', place, message, { related })];
}

function cycle(
  plugin: WorkspacePlugin,
  dependency: PluginDependency,
  range: Range,
  index: PluginIndex,
  wiring: Wiring,
): Finding[] {
  const back = wiring.wayBack(dependency.id, plugin.manifest.id);
  if (back === undefined) return [];
  const related = back.ids.flatMap((id, step): RelatedLocation[] => {
    const next = back.ids[step + 1];
    if (next === undefined) return [];
    for (const other of index.named(index.ids, id)) {
      const edge = other.manifest.dependencies.plugins.find(candidate => candidate.id === next);
      if (edge !== undefined)
        return [{ file: other.file, range: rangeOf(other, edge), message: `${id} needs ${next}.` }];
    }
    return [];
  });
  const own = plugin.manifest.id;
  const path = [own, ...back.ids, ...(back.isWhole ? [] : ['…', own])];
  const message = `The plugins depend on each other in a circle: ${path.join(' → ')}.`;
  return [makeFinding(plugin.document, 'PW-MANIFEST-DEPENDENCY-CYCLE', range, message, { related })];
}

function unansweredMethods({ document, manifest }: WorkspacePlugin, index: PluginIndex): Finding[] {
  return (manifest.contributions.consumed ?? [])
    .filter(({ id }) => index.exposers.filesOf(id).length === 0)
    .map(({ id, at }) => {
      const meant = didYouMean(id, index.exposers.names());
      const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
      const edits = meant === undefined ? [] : replaceScalar(document, at, meant);
      const message = `No plugin of the workspace exposes \`${id}\`.${hint}`;
      return makeFinding(document, 'PW-MANIFEST-METHOD-UNEXPOSED', document.rangeOf(at), message, {
        fix: edits.length === 0 ? undefined : { title: `Replace \`${id}\` by \`${meant}\``, edits },
      });
    });
}

/** A dependency stands under its key, or as one text in a list. */
function rangeOf({ document }: WorkspacePlugin, { at }: PluginDependency): Range {
  return document.rangeOf(at, 'key');
}

function placeOf(
  { file, document, manifest }: WorkspacePlugin,
  field: string,
  message: string,
): RelatedLocation {
  return { file, range: document.rangeOf(manifest.origins[field] ?? []), message };
}

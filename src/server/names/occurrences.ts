import { dirname } from 'node:path';
import type { PluginWorkspace, WorkspacePlugin } from '../../manifest/workspace/index.ts';
import { isInside } from '../plugins.ts';
import type { SourceFiles, SourceText } from '../sources/index.ts';
import { namedLiterals } from './calls.ts';
import { namesInManifest, type Occurrence, type PluginName } from './name.ts';

/** Where names are looked for. */
export interface NameScope {
  readonly workspace: PluginWorkspace;
  readonly sources: SourceFiles;
}

/** The plugins that have a command: their manifest lists it, or their source registers it. */
export function ownersOf(id: string, scope: NameScope): WorkspacePlugin[] {
  return scope.workspace.plugins().filter(plugin => {
    if (plugin.manifest.contributions.methods.some(method => method.id === id)) return true;
    return sourcesOf(plugin, scope).some(source =>
      namedLiterals(source, 'command').some(
        ({ literal, role }) => literal.text === id && role === 'registered' && literal.callee !== undefined,
      ),
    );
  });
}

/** Every place where a name stands, in manifests and sources of the workspace. */
export function occurrencesOf(name: PluginName, scope: NameScope): Occurrence[] {
  const owners = name.kind === 'command' ? ownersOf(name.id, scope) : [];
  const owner = owners.find(({ file }) => file === name.owner);
  return scope.workspace.plugins().flatMap(plugin => {
    // Elsewhere a bare name means this command only when no nearer or other plugin has it.
    const isOwner = plugin.file === name.owner;
    const hasOwn = owners.some(({ file }) => file === plugin.file);
    const isMeant = name.kind === 'event' || isOwner || (!hasOwn && owners.length <= 1);
    return [
      ...inManifest(plugin, name, isOwner, isMeant),
      ...sourcesOf(plugin, scope).flatMap(source => inSource(source, name, isMeant, owner)),
    ];
  });
}

/** The source of a plugin without that of plugins in its sub-folders. */
function sourcesOf({ file }: WorkspacePlugin, { workspace, sources }: NameScope): readonly SourceText[] {
  const folder = dirname(file);
  const inner = workspace
    .plugins()
    .map(plugin => dirname(plugin.file))
    .filter(other => isInside(other, folder));
  const all = sources.of(folder);
  return inner.length === 0 ? all : all.filter(source => !inner.some(other => isInside(source.file, other)));
}

function inManifest(
  plugin: WorkspacePlugin,
  name: PluginName,
  isOwner: boolean,
  isMeant: boolean,
): Occurrence[] {
  const { text } = plugin.document;
  return namesInManifest(plugin).flatMap(({ kind, role, id, start, end }) => {
    if (kind !== name.kind || id !== name.id) return [];
    const counts = kind === 'event' || (role === 'declared' ? isOwner : isMeant);
    return counts ? [{ file: plugin.file, text, start, end, role }] : [];
  });
}

function inSource(
  source: SourceText,
  name: PluginName,
  isMeant: boolean,
  owner: WorkspacePlugin | undefined,
): Occurrence[] {
  const qualified = owner === undefined ? undefined : `${owner.manifest.id}:${name.id}`;
  return namedLiterals(source, name.kind).flatMap(({ literal, role }): Occurrence[] => {
    const isBare = literal.text === name.id && isMeant;
    const isQualified = name.kind === 'command' && literal.text === qualified;
    if (!isBare && !isQualified) return [];
    const end = literal.start + literal.text.length;
    return [{ file: source.file, text: source.text, start: end - name.id.length, end, role }];
  });
}

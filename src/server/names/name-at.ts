import { dirname } from 'node:path';
import type { PluginWorkspace, WorkspacePlugin } from '../../manifest/workspace/index.ts';
import { isInside } from '../plugins.ts';
import type { SourceText } from '../sources/index.ts';
import { meaningOf } from './calls.ts';
import { namesInManifest, type PluginName } from './name.ts';
import { type NameScope, ownersOf } from './occurrences.ts';

/** A name, and the stretch of text under the cursor that is it. */
export interface FoundName {
  readonly name: PluginName;
  readonly start: number;
  readonly end: number;
}

/** The name under an offset of a manifest. */
export function nameInManifest(
  plugin: WorkspacePlugin,
  offset: number,
  scope: NameScope,
): FoundName | undefined {
  const field = namesInManifest(plugin).find(({ start, end }) => start <= offset && offset <= end);
  if (field === undefined) return undefined;
  const { kind, id, start, end } = field;
  const owner = field.role === 'declared' ? plugin.file : ownerFor(id, plugin, scope);
  return { name: { kind, id, owner: kind === 'command' ? owner : undefined }, start, end };
}

/** The name under an offset of a source file of a plugin. */
export function nameInSource(source: SourceText, offset: number, scope: NameScope): FoundName | undefined {
  const literal = source.literals.find(
    ({ start, text }) => start <= offset && offset <= start + text.length && text !== '',
  );
  if (literal === undefined) return undefined;
  const end = literal.start + literal.text.length;
  const kind = meaningOf(literal)?.kind ?? knownKind(literal.text, scope.workspace, source.file);
  if (kind === undefined) return undefined;
  if (kind === 'event')
    return { name: { kind, id: literal.text, owner: undefined }, start: literal.start, end };
  const plugin = pluginOf(source.file, scope.workspace);
  const bare = ownerFor(literal.text, plugin, scope);
  if (bare !== undefined) return { name: { kind, id: literal.text, owner: bare }, start: literal.start, end };
  const colon = literal.text.indexOf(':');
  const [named] = colon < 0 ? [] : scope.workspace.byId(literal.text.slice(0, colon));
  if (named === undefined) return undefined;
  const id = literal.text.slice(colon + 1);
  return { name: { kind, id, owner: named.file }, start: end - id.length, end };
}

/** Whose command a bare name means, as the host finds it: one's own first, else that of the only other that has it. */
function ownerFor(id: string, from: WorkspacePlugin | undefined, scope: NameScope): string | undefined {
  const owners = ownersOf(id, scope);
  const own = owners.find(({ file }) => file === from?.file);
  if (own !== undefined) return own.file;
  return owners.length === 1 ? owners[0]?.file : undefined;
}

/** In languages whose calls are not known, a text is a name when the plugin's manifest has it. */
function knownKind(text: string, workspace: PluginWorkspace, file: string): PluginName['kind'] | undefined {
  if (/\.(?:[cm]?[jt]s|[jt]sx)$/i.test(file)) return undefined;
  const plugin = pluginOf(file, workspace);
  return plugin && namesInManifest(plugin).find(({ id }) => id === text)?.kind;
}

/** The plugin a file belongs to: the one with the nearest manifest above it. */
export function pluginOf(file: string, workspace: PluginWorkspace): WorkspacePlugin | undefined {
  return workspace
    .plugins()
    .filter(plugin => isInside(file, dirname(plugin.file)))
    .sort((a, b) => b.file.length - a.file.length)[0];
}

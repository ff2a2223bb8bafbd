import type { PluginManifest } from '../../manifest/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Neighbour } from './neighbour.ts';
import { passOn } from './pass-on.ts';
import { MAX_REGISTERED } from './registrations.ts';
import type { Terms } from './terms.ts';

/** The commands one instance of a plugin has registered. */
export interface Commands {
  /** False when there are too many. */
  register(id: string): boolean;
  unregister(id: string): void;
  has(id: string): boolean;
  /** With the titles the manifest gives them, else the id. */
  list(): readonly { readonly id: string; readonly title: string }[];
}

/** True when the manifest lets the plugin answer to `id`. */
export function mayRegister(manifest: PluginManifest, id: string): boolean {
  const { methods, openMethods } = manifest.contributions;
  return openMethods || methods.some(method => method.id === id);
}

/** Makes the empty command table of an instance; `onChange` hears of each addition and removal. */
export function createCommands(manifest: PluginManifest, onChange: () => void): Commands {
  const ids = new Set<string>();
  return {
    register: id => {
      if (ids.has(id)) return true;
      if (ids.size >= MAX_REGISTERED) return false;
      ids.add(id);
      onChange();
      return true;
    },
    unregister: id => {
      if (ids.delete(id)) onChange();
    },
    has: id => ids.has(id),
    list: () =>
      [...ids].map(id => ({
        id,
        title: manifest.contributions.methods.find(method => method.id === id)?.title ?? id,
      })),
  };
}

/**
 * True when the manifest lets the plugin call a method of another; where the profile doesn't list what is called, any
 * may be.
 */
export function mayConsume(manifest: PluginManifest, method: string): boolean {
  return manifest.contributions.consumed?.some(({ id }) => id === method) ?? true;
}

/**
 * Runs the command that `id` names: `pluginId:id` names the plugin too; a bare id is the caller's own command first,
 * else that of the one running plugin that has it.
 *
 * @throws WireError `UnknownCommand` when none or several have it; otherwise what the command answers, without the
 * data that tells of the other plugin's inside
 */
export async function executeCommand(
  id: string,
  args: Json,
  among: { readonly self: Neighbour; readonly others: readonly Neighbour[] },
  terms: Terms,
): Promise<Json> {
  const { owner, local } = findCommand(id, among.self, among.others);
  try {
    return await owner.ask('invoke', { method: local, args }, terms);
  } catch (error) {
    throw owner === among.self ? error : passOn(error, owner.pluginId);
  }
}

function findCommand(
  id: string,
  self: Neighbour,
  others: readonly Neighbour[],
): { readonly owner: Neighbour; readonly local: string } {
  if (self.commands.has(id)) return { owner: self, local: id };
  const owners = others.filter(other => other.commands.has(id));
  const [only] = owners;
  if (only && owners.length === 1) return { owner: only, local: id };
  if (owners.length > 1) {
    const names = owners.map(other => `${other.pluginId}:${id}`).join(', ');
    throw new WireError(
      ErrorCode.UnknownCommand,
      `Several plugins have the command "${id}": say which of ${names}.`,
    );
  }
  const colon = id.indexOf(':');
  const local = id.slice(colon + 1);
  const owner = [self, ...others].find(one => one.pluginId === id.slice(0, Math.max(colon, 0)));
  if (owner?.commands.has(local)) return { owner, local };
  throw new WireError(ErrorCode.UnknownCommand, `No running plugin has the command "${id}".`);
}

import type { PluginManifest } from '../../manifest/index.ts';
import { ErrorCode, type Json } from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';

/** The commands one instance of a plugin has registered. */
export interface Commands {
  register(id: string): void;
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
      if (ids.has(id)) return;
      ids.add(id);
      onChange();
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

/** Whoever answers to commands. */
export interface CommandOwner {
  readonly pluginId: string;
  hasCommand(id: string): boolean;
  /** @throws WireError */
  run(id: string, args: Json, deadlineMs: number, signal?: AbortSignal): Promise<Json>;
}

/** How long a command may take that one plugin runs of another, in milliseconds. */
export const COMMAND_DEADLINE_MS = 30_000;

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
  among: { readonly caller: CommandOwner; readonly others: readonly CommandOwner[] },
  signal: AbortSignal,
): Promise<Json> {
  const { owner, local } = findCommand(id, among.caller, among.others);
  try {
    return await owner.run(local, args, COMMAND_DEADLINE_MS, signal);
  } catch (error) {
    if (owner === among.caller || !(error instanceof WireError)) throw error;
    throw new WireError(error.code, error.message);
  }
}

function findCommand(
  id: string,
  caller: CommandOwner,
  others: readonly CommandOwner[],
): { readonly owner: CommandOwner; readonly local: string } {
  if (caller.hasCommand(id)) return { owner: caller, local: id };
  const owners = others.filter(other => other.hasCommand(id));
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
  const owner = [caller, ...others].find(one => one.pluginId === id.slice(0, Math.max(colon, 0)));
  if (owner?.hasCommand(local)) return { owner, local };
  throw new WireError(ErrorCode.UnknownCommand, `No running plugin has the command "${id}".`);
}

import { randomUUID } from 'node:crypto';
import type { PluginManifest } from '../../manifest/index.ts';
import {
  type BroadcastParams,
  ErrorCode,
  type Json,
  type MessageCallParams,
  type PluginMessage,
} from '../../protocol/plugin/index.ts';
import { WireError } from '../../protocol/wire/index.ts';
import type { Letter, Neighbour } from './neighbour.ts';
import { passOn } from './pass-on.ts';
import type { Terms } from './terms.ts';

/** False where the manifest keeps the plugin to itself: it reaches no other plugin and hears of none. */
export function mayMessage(manifest: PluginManifest): boolean {
  return manifest.contributions.messaging !== false;
}

/** True when others may call the method: the manifest lists it, or it is registered where the profile lists none. */
export function exposes({ manifest, commands }: Neighbour, method: string): boolean {
  const { methods, openMethods } = manifest.contributions;
  return methods.some(({ id }) => id === method) || (openMethods && commands.has(method));
}

/**
 * Calls a method of a plugin.
 *
 * @throws WireError `UnknownPlugin` or `UnknownCommand`; otherwise what the method answers, without the data that
 * tells of the other plugin's inside
 */
export async function callMethod(
  { plugin, method, args, typed }: Pick<MessageCallParams, 'plugin' | 'method' | 'args' | 'typed'>,
  peers: readonly Neighbour[],
  terms: Terms,
): Promise<Json> {
  const callee = findPlugin(plugin, peers);
  if (!exposes(callee, method)) {
    const message = `The plugin ${plugin} has no method "${method}" for others to call.`;
    throw new WireError(ErrorCode.UnknownCommand, message, { plugin });
  }
  try {
    return await callee.ask('invoke', { method, args, ...(typed ? { typed } : {}) }, terms);
  } catch (error) {
    throw passOn(error, plugin);
  }
}

/** The plugin of that name; where versions run side by side, an id alone names the only one that has it. */
function findPlugin(name: string, peers: readonly Neighbour[]): Neighbour {
  const named = peers.find(({ pluginId }) => pluginId === name);
  if (named) return named;
  const versions = peers.filter(({ manifest }) => manifest.id === name);
  const [only] = versions;
  if (only && versions.length === 1) return only;
  const which = versions.map(({ pluginId }) => pluginId).join(', ');
  const message =
    which === '' ? `No plugin ${name} runs.` : `Several plugins are ${name}: say which of ${which}.`;
  throw new WireError(ErrorCode.UnknownPlugin, message);
}

/**
 * Hands a broadcast to the plugins that listen, but its sender.
 *
 * @returns to how many
 */
export function broadcast(
  from: string,
  {
    method,
    data,
    to = [],
    correlation,
  }: Omit<BroadcastParams, 'to'> & { to?: readonly string[] | undefined },
  peers: readonly Neighbour[],
): number {
  const message: PluginMessage = {
    id: randomUUID(),
    timestamp: Date.now(),
    from,
    to,
    type: 'broadcast',
    method,
    data,
    ...(correlation === undefined ? {} : { correlation }),
  };
  const letter: Letter = { kind: 'message', message, size: sizeOf(data) };
  const meant = new Set(to);
  let count = 0;
  for (const peer of peers) {
    if (peer.pluginId === from || !peer.registrations.listening) continue;
    if (meant.size > 0 && !meant.has(peer.pluginId)) continue;
    peer.tell(letter);
    count++;
  }
  return count;
}

/** The size of a letter with that content: worked out once, and only when somebody asks. */
export function sizeOf(data: Json): () => number {
  let size: number | undefined;
  return () => {
    size ??= JSON.stringify(data).length + ENVELOPE;
    return size;
  };
}

/** Bytes of a letter besides its content, names of the usual length included. */
const ENVELOPE = 256;

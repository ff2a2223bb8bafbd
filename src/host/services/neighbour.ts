import type { PluginManifest } from '../../manifest/index.ts';
import type { CallParams, HostToPluginRequests, Json, PluginMessage } from '../../protocol/plugin/index.ts';
import type { OpenCalls } from './call-chains.ts';
import type { Registrations } from './registrations.ts';
import type { Terms } from './terms.ts';

/** The requests by which a plugin is made to work for somebody. */
export type AskMethod = 'invoke' | 'hooks/call' | 'middleware/handle' | 'providers/call';

/** What such a request says, without what the way there adds. */
export type AskParams<M extends AskMethod> = Omit<HostToPluginRequests[M][0], keyof CallParams>;

/** Something a plugin is told and does not answer. */
export type Letter = (
  | { readonly kind: 'event'; readonly name: string; readonly from: string; readonly data: Json }
  | { readonly kind: 'message'; readonly message: PluginMessage }
) & {
  /** Roughly its bytes on the wire; worked out when it has to wait somewhere. */
  size(): number;
};

/** A plugin as the others see it: what it has registered, and the way to it. */
export interface Neighbour {
  readonly pluginId: string;
  readonly manifest: PluginManifest;
  /** Its commands. */
  readonly commands: { has(id: string): boolean };
  readonly registrations: Registrations;
  /** @throws WireError */
  ask<M extends AskMethod>(method: M, params: AskParams<M>, terms: Terms): Promise<Json>;
  /** Never waits. A plugin that does not read in time loses the oldest letters. */
  tell(letter: Letter): void;
}

/** The instance that asks: a plugin's own handlers run in the instance that asks, also while a reload is under way. */
export interface Requester extends Neighbour {
  /** The calls it is answering. */
  readonly calls: OpenCalls;
}

/** Everyone a requester can reach: itself first, and the other plugins that serve. */
export function peersOf(self: Requester, serving: readonly Neighbour[]): readonly Neighbour[] {
  return [self, ...serving.filter(({ pluginId }) => pluginId !== self.pluginId)];
}

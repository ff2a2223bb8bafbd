import type { Activation, PluginManifest } from '../../manifest/index.ts';
import type { PluginState } from '../../protocol/editor/index.ts';
import { createSubscriptions, type Subscriptions } from '../services/events.ts';
import type { Letter, Neighbour } from '../services/neighbour.ts';
import { PluginFailure } from './bring-up.ts';

/** What wakes a plugin that was started lazily, and what reaches it until it is up. */
export interface Waking {
  /** True from the moment it is woken until it is up or has failed: callers and letters wait for it. */
  readonly underWay: boolean;
  /** Broadcasts are for it, though it has registered for nothing yet. */
  readonly wantsBroadcasts: boolean;
  /** Brings it up where it waits for that. */
  wake(): void;
  /** Hands a letter on. While it waits, only what its manifest names as a reason to wake it: that wakes it. */
  readonly tell: Neighbour['tell'];
}

/** The plugin that is woken. */
export interface WakingPorts {
  state(): PluginState;
  manifest(): PluginManifest;
  /** @throws PluginFailure */
  enable(): Promise<void>;
  readonly tell: Neighbour['tell'];
}

/** Makes the waking of one plugin. */
export function createWaking({ state, manifest, enable, tell }: WakingPorts): Waking {
  let underWay = false;
  let compiled: { readonly from: Activation; readonly events: Subscriptions } | undefined;
  const activation = (): Activation | undefined => manifest().contributions.activation;

  function eventsOf(from: Activation): Subscriptions {
    if (compiled?.from === from) return compiled.events;
    const events = createSubscriptions();
    // Beyond what a plugin may subscribe to, the rest wakes nobody.
    for (const name of from.events) events.add(name);
    compiled = { from, events };
    return events;
  }

  function isReason(letter: Letter): boolean {
    const from = activation();
    if (from === undefined) return false;
    return letter.kind === 'message' ? from.broadcasts : eventsOf(from).match(letter.name).length > 0;
  }

  function wake(): void {
    if (state() !== 'waiting') return;
    underWay = true;
    enable()
      .catch(error => {
        // Whoever called gets an answer from the routes, and the status tells why.
        if (!(error instanceof PluginFailure)) throw error;
      })
      .finally(() => {
        underWay = false;
      });
  }

  return {
    get underWay() {
      return underWay;
    },
    get wantsBroadcasts() {
      return activation()?.broadcasts ?? false;
    },
    wake,
    tell: letter => {
      // Were all to be kept for it, they would take the place of the calls that are to wake it.
      if (state() === 'waiting' && !underWay && !isReason(letter)) return;
      tell(letter);
      wake();
    },
  };
}

import { type Disposable, toDisposable } from '../../../base/index.ts';
import type { HostToPluginNotifications } from '../../../protocol/plugin/index.ts';
import type { EventHandler, Events } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import type { Registrations } from './registrations.ts';

/** The plugin's events. */
export interface EventService {
  readonly api: Events;
  /** Hands an event of the host to the plugin's handlers. */
  deliver(event: HostToPluginNotifications['event']): void;
}

interface Subscription {
  readonly handler: EventHandler;
  readonly once: boolean;
}

/**
 * Makes the events; the host is asked for those that have handlers.
 *
 * @param onError receives what a handler throws or rejects with
 */
export function createEvents(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): EventService {
  const subscriptions = new Map<string, Set<Subscription>>();

  function subscribe(name: string, handler: EventHandler, once: boolean): Disposable {
    if (typeof handler !== 'function') throw new TypeError(`The handler of event "${name}" is no function.`);
    const subscription = { handler, once };
    const known = subscriptions.get(name);
    if (known) known.add(subscription);
    else {
      subscriptions.set(name, new Set([subscription]));
      registrations.add(link.call('events/subscribe', { name }), () => subscriptions.delete(name));
    }
    return toDisposable(() => remove(name, subscription));
  }

  function remove(name: string, subscription: Subscription): void {
    const known = subscriptions.get(name);
    if (!known?.delete(subscription) || known.size > 0) return;
    subscriptions.delete(name);
    link.call('events/unsubscribe', { name }).catch(onError);
  }

  return {
    api: {
      on: (name, handler) => subscribe(name, handler, false),
      once: (name, handler) => subscribe(name, handler, true),
      off: (name, handler) => {
        for (const subscription of [...(subscriptions.get(name) ?? [])]) {
          if (handler === undefined || subscription.handler === handler) remove(name, subscription);
        }
      },
      emit: async (name, data) => {
        await link.call('events/emit', { name, data: data ?? null });
      },
    },
    deliver: ({ name, from, data, patterns }) => {
      for (const pattern of patterns) {
        for (const subscription of [...(subscriptions.get(pattern) ?? [])]) {
          if (subscription.once) remove(pattern, subscription);
          const info = { name, from, pattern };
          // In a promise of its own, so that one handler that throws does not keep the event from the others.
          new Promise(resolve => resolve(subscription.handler(data, info))).catch(onError);
        }
      }
    },
  };
}

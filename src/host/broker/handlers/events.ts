import type { PluginManifest } from '../../../manifest/index.ts';
import { ErrorCode, type Json } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import { MAX_SUBSCRIPTIONS, mayEmit, type Subscriptions } from '../../services/events.ts';
import { type HandlersOf, own } from '../handler.ts';

/** What the requests about events work on. */
export interface EventPorts {
  readonly manifest: PluginManifest;
  readonly subscriptions: Subscriptions;
  /** Announces an event to every plugin that listens. */
  emit(name: string, data: Json): void;
}

type Methods = 'events/subscribe' | 'events/unsubscribe' | 'events/emit';

/** Answers the requests about events. */
export function eventHandlers({ manifest, subscriptions, emit }: EventPorts): HandlersOf<Methods> {
  return {
    'events/subscribe': {
      check: p => own('events', 'subscribe', p.name),
      run: p => {
        if (subscriptions.add(p.name)) return null;
        const message = `A plugin may listen to ${MAX_SUBSCRIPTIONS} events, not more.`;
        throw new WireError(ErrorCode.LimitExceeded, message);
      },
    },
    'events/unsubscribe': {
      check: p => own('events', 'unsubscribe', p.name),
      run: p => {
        subscriptions.remove(p.name);
        return null;
      },
    },
    'events/emit': {
      check: p => own('events', 'emit', p.name, mayEmit(manifest, p.name)),
      run: p => {
        emit(p.name, p.data);
        return null;
      },
    },
  };
}

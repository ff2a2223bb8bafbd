import { ErrorCode } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import { MAX_PATTERNS, MAX_SUBSCRIPTIONS, mayEmit, type Subscriptions } from '../../services/events.ts';
import { type HandlersOf, own } from '../handler.ts';
import type { ExchangePorts } from './messages.ts';

/** What the requests about events work on. */
export interface EventPorts extends ExchangePorts {
  readonly subscriptions: Subscriptions;
}

type Methods = 'events/subscribe' | 'events/unsubscribe' | 'events/emit';

/** Answers the requests about events. */
export function eventHandlers({ manifest, subscriptions, self, exchange }: EventPorts): HandlersOf<Methods> {
  return {
    'events/subscribe': {
      check: p => own('events', 'subscribe', p.name),
      run: p => {
        if (subscriptions.add(p.name)) return null;
        const message = `A plugin may listen to ${MAX_SUBSCRIPTIONS} events, ${MAX_PATTERNS} of them patterns, not more.`;
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
        exchange.emit(self, p.name, p.data);
        return null;
      },
    },
  };
}

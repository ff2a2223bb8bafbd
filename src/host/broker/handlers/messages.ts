import type { PluginManifest } from '../../../manifest/index.ts';
import { mayConsume } from '../../services/commands.ts';
import { mayEmit } from '../../services/events.ts';
import type { Exchange } from '../../services/exchange.ts';
import { mayMessage } from '../../services/messages.ts';
import type { Requester } from '../../services/neighbour.ts';
import { type HandlersOf, own, type Verdict } from '../handler.ts';

/** What the requests of plugins to one another work on. */
export interface ExchangePorts {
  readonly manifest: PluginManifest;
  /** The instance that asks. */
  readonly self: Requester;
  readonly exchange: Exchange;
}

type Methods = 'messages/call' | 'messages/broadcast' | 'messages/listen' | 'messages/unlisten';

/** Answers the requests about messages. */
export function messageHandlers({ manifest, self, exchange }: ExchangePorts): HandlersOf<Methods> {
  return {
    'messages/call': {
      check: p => {
        const named = `${p.plugin}:${p.method}`;
        if (!mayMessage(manifest)) return own('messages', 'send', named, false);
        const granted = p.plugin === self.pluginId || mayConsume(manifest, p.method);
        return own('messages', 'call', granted ? named : p.method, granted);
      },
      run: (p, signal) => exchange.call(self, p, signal),
    },
    'messages/broadcast': {
      check: p =>
        mayEmit(manifest, p.method)
          ? within(manifest, 'broadcast', p.method)
          : own('events', 'emit', p.method, false),
      run: p => exchange.broadcast(self, p),
    },
    'messages/listen': {
      check: () => within(manifest, 'listen', '*'),
      run: () => {
        self.registrations.listening = true;
        return null;
      },
    },
    'messages/unlisten': {
      check: () => own('messages', 'unlisten', '*'),
      run: () => {
        self.registrations.listening = false;
        return null;
      },
    },
  };
}

/** The verdict on something between plugins, which a manifest can switch off as a whole. */
export function within(manifest: PluginManifest, action: string, resource: string): Verdict {
  return own('messages', action, resource, mayMessage(manifest));
}

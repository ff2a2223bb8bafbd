import { ErrorCode, type Json } from '../../../protocol/plugin/index.ts';
import { WireError } from '../../../protocol/wire/index.ts';
import { MAX_INFO } from '../../services/providers.ts';
import { providerKey } from '../../services/registrations.ts';
import { refuseBeyond } from '../beyond.ts';
import { type HandlersOf, own } from '../handler.ts';
import { type ExchangePorts, within } from './messages.ts';

type Methods = 'providers/register' | 'providers/unregister' | 'providers/list' | 'providers/call';

/** Answers the requests about providers. */
export function providerHandlers({ manifest, self, exchange }: ExchangePorts): HandlersOf<Methods> {
  const { providers } = self.registrations;
  return {
    'providers/register': {
      check: p => within(manifest, 'registerProvider', `${p.kind}/${p.id}`),
      run: ({ kind, id, info = null }) => {
        if (JSON.stringify(info).length > MAX_INFO) {
          const message = `A provider may say ${MAX_INFO} bytes about itself, not more.`;
          throw new WireError(ErrorCode.LimitExceeded, message);
        }
        return refuseBeyond(providers.add(providerKey(kind, id), { kind, id, info }), 'providers');
      },
    },
    'providers/unregister': {
      check: p => own('messages', 'unregisterProvider', `${p.kind}/${p.id}`),
      run: p => {
        providers.delete(providerKey(p.kind, p.id));
        return null;
      },
    },
    'providers/list': {
      check: p => within(manifest, 'listProviders', p.kind),
      run: p => exchange.listProviders(self, p.kind) as unknown as Json,
    },
    'providers/call': {
      check: p => within(manifest, 'callProvider', `${p.kind}/${p.id ?? '*'}:${p.method}`),
      run: (p, signal) => exchange.callProvider(self, p, signal),
    },
  };
}

import { refuseBeyond } from '../beyond.ts';
import { type HandlersOf, own } from '../handler.ts';
import { type ExchangePorts, within } from './messages.ts';

type Methods = 'middleware/register' | 'middleware/unregister' | 'middleware/run' | 'middleware/next';

/** Answers the requests about chains of middleware. */
export function middlewareHandlers({ manifest, self, exchange }: ExchangePorts): HandlersOf<Methods> {
  const { chains } = self.registrations;
  return {
    'middleware/register': {
      check: p => within(manifest, 'registerMiddleware', p.chain),
      run: p => refuseBeyond(chains.add(p.chain, { priority: p.priority ?? 0 }), 'chains'),
    },
    'middleware/unregister': {
      check: p => own('messages', 'unregisterMiddleware', p.chain),
      run: p => {
        chains.delete(p.chain);
        return null;
      },
    },
    'middleware/run': {
      check: p => within(manifest, 'runMiddleware', p.chain),
      run: (p, signal) => exchange.runMiddleware(self, p, signal),
    },
    'middleware/next': {
      check: p => within(manifest, 'nextMiddleware', p.run),
      run: (p, signal) => exchange.continueRun(self, p, signal),
    },
  };
}

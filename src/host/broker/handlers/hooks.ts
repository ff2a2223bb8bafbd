import { refuseBeyond } from '../beyond.ts';
import { type HandlersOf, own } from '../handler.ts';
import { type ExchangePorts, within } from './messages.ts';

type Methods = 'hooks/register' | 'hooks/unregister' | 'hooks/run';

/** Answers the requests about hooks. */
export function hookHandlers({ manifest, self, exchange }: ExchangePorts): HandlersOf<Methods> {
  const { hooks } = self.registrations;
  return {
    'hooks/register': {
      check: p => within(manifest, 'registerHook', p.hook),
      run: p => refuseBeyond(hooks.add(p.hook, { priority: p.priority ?? 0 }), 'hooks'),
    },
    'hooks/unregister': {
      check: p => own('messages', 'unregisterHook', p.hook),
      run: p => {
        hooks.delete(p.hook);
        return null;
      },
    },
    'hooks/run': {
      check: p => within(manifest, 'runHook', p.hook),
      run: (p, signal) => exchange.runHook(self, p, signal),
    },
  };
}

import { type HandlersOf, own } from '../handler.ts';
import type { ExchangePorts } from './messages.ts';

type Methods = 'data/generateSchema' | 'data/validate' | 'data/cache/set' | 'data/cache/get';

/** Answers the requests about values. They touch nothing but the plugin's own, so that they need no capability. */
export function dataHandlers({ self, exchange }: ExchangePorts): HandlersOf<Methods> {
  const { data } = exchange;
  return {
    'data/generateSchema': { check: () => undefined, run: p => data.generateSchema(p.value) },
    'data/validate': {
      check: () => undefined,
      run: p => {
        const { valid, problems } = data.validate(p.value, p.schema);
        return { valid, problems: problems.map(problem => ({ ...problem })) };
      },
    },
    'data/cache/set': {
      check: p => own('cache', 'write', p.key),
      run: p => data.keep(self.pluginId, p.key, p.value, p.ttlMs),
    },
    'data/cache/get': {
      check: p => own('cache', 'read', p.key),
      run: p => data.find(self.pluginId, p.key),
    },
  };
}

import { toDisposable } from '../../../base/index.ts';
import type { Json } from '../../../protocol/plugin/index.ts';
import type { HookHandler, Hooks } from '../../../sdk/node/package/index.d.ts';
import type { HostLink } from '../host-link.ts';
import type { Registrations } from './registrations.ts';

/** The plugin's part in hooks. */
export interface HookService {
  readonly api: Hooks;
  find(hook: string): HookHandler | undefined;
}

/** Makes the hooks; the host learns of each handler, and may refuse it. */
export function createHooks(
  link: HostLink,
  registrations: Registrations,
  onError: (error: unknown) => void,
): HookService {
  const handlers = new Map<string, HookHandler>();

  async function run(
    hook: string,
    value: Json | undefined,
    mode: 'waterfall' | 'collect',
    signal: AbortSignal | undefined,
  ): Promise<Json> {
    return link.call('hooks/run', { hook, value: value ?? null, mode }, signal);
  }

  return {
    api: {
      register: (hook, handler, { priority = 0 } = {}) => {
        if (typeof handler !== 'function')
          throw new TypeError(`The handler of hook "${hook}" is no function.`);
        if (handlers.has(hook)) throw new Error(`This plugin has a handler for the hook "${hook}" already.`);
        handlers.set(hook, handler);
        registrations.add(link.call('hooks/register', { hook, priority }), () => handlers.delete(hook));
        return toDisposable(() => {
          if (handlers.delete(hook)) link.call('hooks/unregister', { hook }).catch(onError);
        });
      },
      run: (async (hook, value, { signal } = {}) => run(hook, value, 'waterfall', signal)) as Hooks['run'],
      collect: (async (hook, value, { signal } = {}) =>
        run(hook, value, 'collect', signal)) as Hooks['collect'],
    },
    find: hook => handlers.get(hook),
  };
}

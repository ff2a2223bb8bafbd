import type { HandlerSpec } from '../../flow/index.ts';

const context = 'plugin_workbench.Context';

/** What others hand to a function that is registered here, as a call's argument or by a decorator. */
function registered(path: string, what: string): HandlerSpec[] {
  const params: HandlerSpec['params'] = [{ level: 'user', what }];
  return [
    { call: `${context}.${path}`, params },
    { decorator: `${context}.${path}`, params },
  ];
}

/** How the plugin SDK calls a plugin. */
export const pluginHandlers: readonly HandlerSpec[] = [
  ...registered('commands.register', 'a command’s argument'),
  ...registered('events.on', 'an event’s data'),
  ...registered('events.once', 'an event’s data'),
  ...registered('messages.on_message', 'a message'),
  ...registered('hooks.register', 'a hook’s value'),
  ...registered('middleware.use', 'a value of the middleware'),
  ...registered('providers.register', 'a call’s argument'),
  { exportedAs: 'activate', params: [{ path: context }] },
  { exportedAs: 'restore_state', params: [{ level: 'local', what: 'the saved state' }] },
  { exportedAs: 'configure', params: [{ level: 'local', what: 'the configuration' }] },
  { method: { base: 'plugin_workbench.Plugin', name: 'activate' }, params: [{ path: context }] },
];

import type { HandlerSpec } from '../../flow/index.ts';
import { aliases, fromUser, type KnowledgePart, sources } from './part.ts';

const CONTEXT = 'plugin_workbench.Context';

/** What other plugins and the host hand to a plugin through its SDK. */
export const plugins: KnowledgePart = {
  sources: [
    ...sources(
      'user',
      'an answer of another plugin',
      `${CONTEXT}.plugins().call() ${CONTEXT}.plugins().call_typed()`,
    ),
    ...sources('user', 'an HTTP response', `${CONTEXT}.net().fetch()`),
    ...sources('local', 'a file’s content', `${CONTEXT}.files().read() ${CONTEXT}.files().read_text()`),
    ...sources('local', 'the clipboard', `${CONTEXT}.clipboard().read()`),
  ],
  handlers: [
    ...handlers('commands', 'register register_typed', [fromUser('a command’s arguments')]),
    ...handlers('events', 'on', [fromUser('an event')]),
    ...handlers('messages', 'listen', [fromUser('a message of another plugin')]),
    ...handlers('hooks', 'register', [fromUser('a hook’s value')]),
    ...handlers('middleware', 'register', [fromUser('a value on its way through a chain')]),
    ...handlers('providers', 'register register_typed', [
      fromUser('the method a plugin calls'),
      fromUser('a call’s arguments'),
    ]),
  ],
  same: aliases(CONTEXT, 'plugin_workbench.prelude.Context'),
};

function handlers(service: string, methods: string, params: HandlerSpec['params']): HandlerSpec[] {
  return methods.split(' ').map(method => ({ call: `${CONTEXT}.${service}().${method}`, params }));
}

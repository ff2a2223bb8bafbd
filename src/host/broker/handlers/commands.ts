import type { Commands } from '../../services/commands.ts';
import { mayConsume, mayRegister } from '../../services/commands.ts';
import { refuseBeyond } from '../beyond.ts';
import { type HandlersOf, own } from '../handler.ts';
import type { ExchangePorts } from './messages.ts';

/** What the requests about commands work on. */
export interface CommandPorts extends ExchangePorts {
  readonly commands: Commands;
}

type Methods = 'commands/register' | 'commands/unregister' | 'commands/execute';

/** Answers the requests about commands. */
export function commandHandlers({ manifest, commands, self, exchange }: CommandPorts): HandlersOf<Methods> {
  const isOwn = (id: string): boolean => commands.has(id) || id.startsWith(`${self.pluginId}:`);
  return {
    'commands/register': {
      check: p => own('commands', 'register', p.id, mayRegister(manifest, p.id)),
      run: p => refuseBeyond(commands.register(p.id), 'commands'),
    },
    'commands/unregister': {
      check: p => own('commands', 'unregister', p.id),
      run: p => {
        commands.unregister(p.id);
        return null;
      },
    },
    'commands/execute': {
      check: p => {
        const method = p.id.slice(p.id.indexOf(':') + 1);
        const granted = isOwn(p.id) || [p.id, method].some(name => mayConsume(manifest, name));
        return granted ? own('commands', 'execute', p.id) : own('messages', 'call', method, false);
      },
      run: (p, signal) => exchange.execute(self, p, signal),
    },
  };
}

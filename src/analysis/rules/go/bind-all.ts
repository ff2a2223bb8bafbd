import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Servers that listen on every interface. */
export const bindAllRule = sinkRule({
  id: 'PW-GO-BIND-ALL',
  title: 'A server listens on every interface',
  category: 'other',
  cwe: 1327,
  severity: 'warning',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'Everyone on every network the machine is in can connect, also where only programs of this machine were meant to.',
    remedy: 'Listen on `127.0.0.1`, or on an address from the configuration.',
    bad: 'import "net"\n\nfunc serve() (net.Listener, error) {\n\treturn net.Listen("tcp", "0.0.0.0:2000")\n}',
    good: 'import "net"\n\nfunc serve() (net.Listener, error) {\n\treturn net.Listen("tcp", "127.0.0.1:2000")\n}',
  },
  does: 'This listens on every interface of the machine',
  sinks: [
    {
      call: ['net.Listen', 'crypto/tls.Listen', 'net.ListenPacket'],
      argument: 1,
      from: 'always',
      when: (event, value, { values }) => {
        const network = 'args' in event && event.args[0] ? values.textOf(event.args[0].value) : undefined;
        const address = values.isFixed(value) ? values.textOf(value) : values.prefixOf(value);
        return /^(?:tcp|udp)/.test(network ?? 'tcp') && /^(?:0\.0\.0\.0|\[::\])?:(?!0$)/.test(address ?? '');
      },
    },
  ],
});

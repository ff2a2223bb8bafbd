import type { Rule } from '../rule.ts';
import { go } from './languages.ts';
import { declarationAround, membersOf } from './tainted.ts';

/** Servers that wait for slow clients for ever. */
export const serverTimeoutRule: Rule = {
  id: 'PW-GO-SERVER-TIMEOUT',
  title: 'A server waits for slow clients for ever',
  category: 'other',
  cwe: 400,
  severity: 'info',
  confidence: 'medium',
  languages: go,
  docs: {
    risk: 'A client that sends its request byte by byte keeps a connection for ever; a few thousand of them, and nobody else gets one.',
    remedy: 'Make an `http.Server` with `ReadHeaderTimeout`.',
    bad: 'import "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}',
    good: 'import (\n\t"net/http"\n\t"time"\n)\n\nfunc main() {\n\ts := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}\n\ts.ListenAndServe()\n}',
  },
  watches: [
    {
      on: 'call',
      of: membersOf('net/http', 'ListenAndServe ListenAndServeTLS Serve ServeTLS'),
      check: (call, context) =>
        context.report(call.node, { message: 'This server waits for slow clients for ever.' }),
    },
    {
      on: 'call',
      of: ['net/http.Server'],
      check: (call, context) => {
        if (!call.isNew || call.option('ReadHeaderTimeout') || call.option('ReadTimeout')) return;
        const around = declarationAround(call.node);
        if (around !== undefined && /\.Read(?:Header)?Timeout\s*=/.test(context.textOf(around))) return;
        context.report(call.node, { message: 'This server waits for slow clients for ever.' });
      },
    },
  ],
};

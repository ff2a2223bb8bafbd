import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const stackTraceRule: Rule = {
  id: 'PW-JS-STACK-TRACE',
  title: 'Errors tell others how the program works',
  category: 'other',
  cwe: 209,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A stack trace names files, versions and paths of the server, which is where an attack begins.',
    remedy: 'Log the error, and answer with a number to find it by.',
    bad: "app.get('/', (req, res) => { try { run(); } catch (error) { res.status(500).send(error.stack); } });",
    good: "app.get('/', (req, res) => { try { run(); } catch (error) { res.status(500).send('It failed.'); } });",
  },
  watches: [
    {
      on: 'call',
      of: [
        'web.Response.send',
        'web.Response.json',
        'web.Response.end',
        'web.Response.write',
        'web.Response.render',
      ],
      check,
    },
  ],
};

function check(call: CallEvent, context: RuleContext): void {
  const text = call.args.map(({ node }) => context.textOf(node).slice(0, 400)).join();
  if (!/\b(?:e|er|err|error|ex|exception)\.stack\b/.test(text)) return;
  if (/NODE_ENV|isDev|development|debug/i.test(text)) return;
  context.report(call.node, { message: 'The stack of an error is sent to whoever asked.' });
}

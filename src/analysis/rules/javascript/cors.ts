import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const corsRule: Rule = {
  id: 'PW-JS-CORS',
  title: 'Every site may read the answers',
  category: 'other',
  cwe: 942,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Any page that a user looks at asks in his name and reads what the server says.',
    remedy: 'Name the sites that may ask.',
    bad: "app.get('/', (req, res) => { res.setHeader('Access-Control-Allow-Origin', req.headers.origin); });",
    good: "app.get('/', (req, res) => { res.setHeader('Access-Control-Allow-Origin', 'https://app.example.org'); });",
  },
  watches: [
    {
      on: 'call',
      of: [
        'web.Response.setHeader',
        'web.Response.set',
        'web.Response.header',
        'web.Response.append',
        'web.Context.set',
        '**.setHeader',
        '**.writeHead',
      ],
      check: checkHeader,
    },
    {
      on: 'call',
      of: ['cors', '@koa/cors', 'hono/cors.cors', '@fastify/cors'],
      check: (call, context) => {
        const origin = call.option('origin');
        const credentials = context.values.constantsOf(call.option('credentials') ?? {})[0] === true;
        if (origin === undefined) return;
        const [given] = context.values.constantsOf(origin);
        if (given === '*' || (given === true && credentials)) {
          context.report(call.node, { message: 'Every site may ask in a user’s name and read the answer.' });
        }
      },
    },
    {
      on: 'call',
      of: ['**.postMessage'],
      check: (call, context) => {
        const target = call.args[1] && context.values.textOf(call.args[1].value);
        if (target !== '*') return;
        context.report(call.node, { message: 'Whatever page is in that window gets this message.' });
      },
    },
  ],
};

function checkHeader(call: CallEvent, context: RuleContext): void {
  const name = call.args[0] && context.values.textOf(call.args[0].value);
  const value =
    typeof name === 'string' && name.toLowerCase() === 'access-control-allow-origin'
      ? call.args[1]?.value
      : (call.option('Access-Control-Allow-Origin') ?? call.option('access-control-allow-origin'));
  if (value === undefined) return;
  const taint = context.values.taintOf(value, 'other');
  if (context.values.textOf(value) === '*' || taint?.level === 'user') {
    context.report(call.node, {
      message:
        taint === undefined ? 'Every site may read the answer.' : 'Whatever site asks may read the answer.',
      taint,
    });
  }
}

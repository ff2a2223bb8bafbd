import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isHostChosen } from './address.ts';
import { javascriptLanguages } from './languages.ts';

export const redirectRule: Rule = {
  id: 'PW-JS-REDIRECT',
  title: 'Others choose where the browser is sent',
  category: 'ssrf',
  cwe: 601,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A link to a site that people trust leads them to one that looks the same and asks for their password; in a page `javascript:` runs script.',
    remedy: 'Redirect to paths of your own site, or to hosts from a list.',
    bad: "app.get('/', (req, res) => res.redirect(req.query.next));",
    good: "app.get('/', (req, res) => res.redirect('/items/' + req.query.id));",
  },
  watches: [
    {
      on: 'call',
      of: [
        'web.Response.redirect',
        '**.redirect',
        'global.location.assign',
        'global.location.replace',
        'global.open',
      ],
      check: (call, context) => {
        const target = call.args.findLast(({ value }) => value.callable === undefined);
        judge(call, target?.value, context);
      },
    },
    {
      on: 'call',
      of: ['web.Response.setHeader', 'web.Response.set', 'web.Response.header', 'web.Response.writeHead'],
      check: (call, context) => {
        const name = call.args[0] && context.values.textOf(call.args[0].value);
        if (typeof name === 'string' && name.toLowerCase() === 'location')
          judge(call, call.args[1]?.value, context);
        else judge(call, call.option('Location') ?? call.option('location'), context);
      },
    },
    {
      on: 'write',
      of: ['global.location', 'global.location.href', '**.location', '**.location.href'],
      check: (write, context) => judge(write, write.value, context),
    },
  ],
};

function judge(event: CallEvent | WriteEvent, value: Abstract | undefined, context: RuleContext): void {
  if (value === undefined) return;
  const taint = context.values.taintOf(value, 'ssrf');
  if (taint?.level !== 'user' || !isHostChosen(value, context)) return;
  // The same address again, mostly with `https` in front.
  if (/^a request’s (?:address|header)$/.test(taint.source)) return;
  // Where a page already is cannot be chosen by sending it there.
  const from = event.node.parent?.child('right') ?? event.node;
  if (taint.source === 'the page’s address' && /\blocation\.(?:pathname|href)\b/.test(context.textOf(from)))
    return;
  context.report(event.node, {
    message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} decides where the browser is sent.`,
    taint,
  });
}

import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const cookieRule: Rule = {
  id: 'PW-JS-COOKIE',
  title: 'A cookie can be read by scripts or sent in the clear',
  category: 'other',
  cwe: 1004,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'Script that gets into the page, or whoever is on the way, takes the session with the cookie.',
    remedy: 'Set `httpOnly: true`, `secure: true` and `sameSite`.',
    bad: "app.get('/', (req, res) => { res.cookie('session', id, { httpOnly: false }); });",
    good: "app.get('/', (req, res) => { res.cookie('session', id, { httpOnly: true, secure: true, sameSite: 'lax' }); });",
  },
  watches: [
    {
      on: 'call',
      of: [
        'web.Response.cookie',
        'web.Response.setCookie',
        'web.Context.cookies.set',
        'cookie.serialize',
        '**.cookies.set',
      ],
      check: (call, context) => {
        const options = call.args[2]?.value;
        if (options?.fields !== undefined) judge(call, options, context);
        else if (call.args.length === 2 && isSession(call, context)) {
          context.report(call.node, {
            message: 'This cookie can be read by scripts and is sent in the clear.',
          });
        }
      },
    },
    {
      on: 'call',
      of: ['express-session', 'cookie-session', 'koa-session', '@fastify/session', 'client-sessions'],
      check: (call, context) => judge(call, call.option('cookie') ?? call.args[0]?.value, context),
    },
  ],
};

function isSession(call: CallEvent, context: RuleContext): boolean {
  const name = call.args[0] && context.values.textOf(call.args[0].value);
  return typeof name === 'string' && /sess|auth|token|jwt|sid$/i.test(name);
}

function judge(call: CallEvent, options: Abstract | undefined, context: RuleContext): void {
  if (options === undefined) return;
  for (const name of ['httpOnly', 'secure']) {
    const value = context.values.field(options, name);
    if (
      value === undefined ||
      context.values.constantsOf(value).length !== 1 ||
      context.values.constantsOf(value)[0] !== false
    )
      continue;
    context.report(call.node, { message: `\`${name}: false\` gives the cookie away.` });
    return;
  }
}

import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isHostChosen } from './address.ts';
import { javascriptLanguages } from './languages.ts';
import { subjectOf } from './wording.ts';

export const linkXssRule: Rule = {
  id: 'PW-JS-SCRIPT-URL',
  title: 'Others choose the address of a link, frame or script',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'An address that begins with `javascript:` is a script, and a script of another server does what its owner wants.',
    remedy: 'Parse the address and let only `https:` through.',
    bad: 'link.href = new URLSearchParams(location.search).get("next");',
    good: 'link.href = "/items?next=" + encodeURIComponent(new URLSearchParams(location.search).get("next"));',
  },
  watches: [
    {
      on: 'call',
      of: ['href', 'xlinkHref', 'src', 'action', 'formAction'].map(name => `global.JSX.${name}`),
      check: (call, context) => judge(call, call.args[0]?.value, context),
    },
    {
      on: 'write',
      of: ['**.href', '**.src', '**.action', '**.formAction'],
      check: (write, context) => {
        if (!write.paths.some(path => path.startsWith('global.location'))) judge(write, write.value, context);
      },
    },
    {
      on: 'call',
      of: ['**.setAttribute'],
      check: (call, context) => {
        const name = call.args[0] && context.values.textOf(call.args[0].value);
        if (typeof name === 'string' && /^(?:href|src|action|formaction|srcdoc|on\w+)$/i.test(name)) {
          judge(call, call.args[1]?.value, context);
        }
      },
    },
  ],
};

function judge(event: CallEvent | WriteEvent, value: Abstract | undefined, context: RuleContext): void {
  if (value === undefined) return;
  const taint = context.values.taintOf(value, 'xss');
  if (taint?.level !== 'user' || !isHostChosen(value, context)) return;
  const prefix = context.values.prefixOf(value);
  if (/^(?:\.{0,2}\/|[a-z][\w+.-]*:[^j])/i.test(prefix) || /^[\w-]+[/?#]/.test(prefix)) return;
  context.report(event.node, {
    message: `${subjectOf(taint, '')} becomes an address that can be a script.`,
    taint,
  });
}

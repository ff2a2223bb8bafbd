import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const stringTimerRule: Rule = {
  id: 'PW-JS-STRING-TIMER',
  title: 'A timer is given text to run',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Browsers run a string given to `setTimeout` or `setInterval` as code, like `eval`; Node refuses it with an exception.',
    remedy: 'Pass a function.',
    bad: "setTimeout('refresh(' + id + ')', 100);",
    good: 'setTimeout(() => refresh(id), 100);',
  },
  watches: [
    {
      on: 'call',
      of: ['global.setTimeout', 'global.setInterval', 'global.setImmediate'],
      check: (call, context) => {
        const [handler] = call.args;
        if (handler === undefined || handler.value.callable !== undefined) return;
        const { values } = context;
        const taint = values.taintOf(handler.value, 'code-eval');
        const isConstant = typeof values.textOf(handler.value) === 'string';
        if (!isConstant && handler.value.text === undefined && taint?.level !== 'user') return;
        const severity = isConstant ? 'info' : taint?.level === 'user' ? 'error' : 'warning';
        context.report(call.node, {
          message: `\`${call.method}\` gets text here, which is run as code.`,
          severity,
          taint,
        });
      },
    },
  ],
};

import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const evalRule: Rule = sinkRule({
  id: 'PW-JS-EVAL',
  title: 'Text is run as code with eval',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whoever can influence the text runs any code with all permissions of the plugin, and no review of the source can tell what that code is.',
    remedy: 'Parse data with `JSON.parse`; choose behaviour with a table of functions.',
    bad: 'const settings = eval(text);',
    good: 'const settings = JSON.parse(text);',
  },
  does: 'is run as code',
  sinks: [{ call: ['global.eval', 'global.execScript'], from: 'dynamic' }],
  watches: [
    {
      on: 'call',
      of: ['**.map', '**.forEach', '**.then', '**.filter', '**.call', '**.reduce', 'global.setTimeout'],
      check: reportHandedOn,
    },
  ],
});

function reportHandedOn(call: CallEvent, context: RuleContext): void {
  for (const { node, value } of call.args) {
    if (!context.values.pathsOf(value).includes('global.eval')) continue;
    context.report(node, {
      message: '`eval` is handed to another function, which will run text as code.',
      severity: 'warning',
    });
  }
}

import { everyLanguage, type Rule } from '../rule.ts';

export const evalRule: Rule = {
  id: 'PW-JS-EVAL',
  title: 'Text is run as code with eval',
  category: 'code-execution',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Whoever can influence the text runs any code with all permissions of the plugin, and no review of the source can tell what that code is.',
    remedy: 'Parse data with `JSON.parse`; choose behaviour with a table of functions.',
    bad: 'const settings = eval(text);',
    good: 'const settings = JSON.parse(text);',
  },
  nodes: ['call_expression', 'new_expression'],
  check: (node, context) => {
    const { callee, target, args } = context.callAt(node);
    if (callee === 'global.eval' || callee === 'global.execScript') {
      const direct = context.names.textOf(target) === 'eval';
      context.report(target, {
        message: `${direct ? '`eval`' : 'This is `eval`, and it'} runs text as code.`,
      });
      return;
    }
    for (const argument of args ?? []) {
      if (context.names.pathOf(argument) === 'global.eval') {
        context.report(argument, {
          message: '`eval` is handed to another function, which will run text as code.',
        });
      }
    }
  },
};

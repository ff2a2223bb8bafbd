import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const codeCompileRule: Rule = sinkRule({
  id: 'PW-JS-CODE-COMPILE',
  title: 'Text is run as code by a library or a browser',
  category: 'code-eval',
  cwe: 94,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Whoever can influence the text runs code in the process or page that gets it; expression evaluators have been broken out of again and again.',
    remedy: 'Hand over a function and its arguments as data instead of putting text together.',
    bad: "window.webContents.executeJavaScript('show(' + name + ')');",
    good: "window.webContents.send('show', name);",
  },
  does: 'is run as code',
  sinks: [
    {
      call: ['safe-eval', 'static-eval', 'notevil', 'eval5.evaluate', 'safer-eval', 'node-eval'],
      from: 'dynamic',
    },
    { call: ['**.executeJavaScript', '**.executeJavaScriptInIsolatedWorld', '**._compile'], from: 'built' },
    { call: ['**.executeJavaScript', '**._compile'], from: 'user' },
    {
      call: ['**.evaluateOnNewDocument', '**.addInitScript', '**.evaluate', '**.evaluateHandle', '**.$eval'],
      from: 'user',
      when: isText,
    },
    { call: ['global.chrome.tabs.executeScript'], argument: 'code', from: 'dynamic' },
    { call: ['global.$.globalEval', 'jquery.globalEval', 'global.jQuery.globalEval'], from: 'dynamic' },
    {
      call: ['mathjs.evaluate', 'mathjs.eval', 'mathjs.compile', 'expr-eval.Parser.evaluate', 'jexl.eval'],
      from: 'user',
    },
    {
      call: ['angular-expressions.compile', 'thenify', 'jsonpath.query', 'jsonpath-plus.JSONPath'],
      from: 'user',
    },
    {
      call: 'worker_threads.Worker',
      from: 'dynamic',
      when: event => 'option' in event && event.option('eval')?.constants?.[0] === true,
    },
  ],
});

function isText(event: object, value: { readonly callable?: unknown }): boolean {
  return value.callable === undefined && 'args' in event;
}

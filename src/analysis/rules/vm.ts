import { everyLanguage, type Rule } from '../rule.ts';

const RUNNERS = new Set([
  'module:vm.runInContext',
  'module:vm.runInNewContext',
  'module:vm.runInThisContext',
  'module:vm.compileFunction',
  'module:vm.Script',
  'module:vm.SourceTextModule',
]);

export const vmRule: Rule = {
  id: 'PW-JS-VM',
  title: 'Text is run with the vm module',
  category: 'code-execution',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Code in a `vm` context reaches the whole process through any object handed in; Node documents that the module is no security mechanism.',
    remedy: 'Parse data instead of running it; run foreign code as a plugin of its own, in its own sandbox.',
    bad: "require('node:vm').runInNewContext(code, { data });",
    good: 'const rule = JSON.parse(text);',
  },
  nodes: ['call_expression', 'new_expression'],
  check: (node, context) => {
    const { callee, target } = context.callAt(node);
    if (callee === undefined || !RUNNERS.has(callee)) return;
    const name = callee.slice('module:'.length);
    context.report(target, { message: `\`${name}\` runs text as code; a vm context does not confine it.` });
  },
};

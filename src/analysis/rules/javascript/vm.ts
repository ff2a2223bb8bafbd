import type { Rule } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { javascriptLanguages } from './languages.ts';

export const vmRule: Rule = sinkRule({
  id: 'PW-JS-VM',
  title: 'Text is run with the vm module',
  category: 'code-eval',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Code in a `vm` context reaches the whole process through any object handed in; Node documents that the module is no security mechanism.',
    remedy: 'Parse data instead of running it; run foreign code as a plugin of its own, in its own sandbox.',
    bad: "require('node:vm').runInNewContext(code, { data });",
    good: 'const rule = JSON.parse(text);',
  },
  does: 'is run as code; a vm context does not confine it',
  sinks: [
    {
      call: [
        'vm.runInContext',
        'vm.runInNewContext',
        'vm.runInThisContext',
        'vm.compileFunction',
        'vm.Script',
        'vm.SourceTextModule',
        'vm2.VM.run',
        'vm2.NodeVM.run',
        'vm2.VMScript',
      ],
      from: 'dynamic',
    },
  ],
});

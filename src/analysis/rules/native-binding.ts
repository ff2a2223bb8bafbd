import { everyLanguage, type Rule } from '../rule.ts';

const BINDINGS = new Set([
  'global.process.binding',
  'global.process._linkedBinding',
  'global.process.dlopen',
]);

export const nativeBindingRule: Rule = {
  id: 'PW-JS-NATIVE-BINDING',
  title: "Node's internals or native code are reached",
  category: 'runtime',
  cwe: 1100,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: '`process.binding` and `process.dlopen` reach below the checks of the runtime, and change with every release.',
    remedy: 'Use the public modules.',
    bad: "const { writeString } = process.binding('fs');",
    good: "import { writeFile } from 'node:fs/promises';",
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, target } = context.callAt(node);
    if (callee === undefined || !BINDINGS.has(callee)) return;
    const name = callee.slice('global.'.length);
    context.report(target, { message: `\`${name}\` reaches below the public interfaces of the runtime.` });
  },
};

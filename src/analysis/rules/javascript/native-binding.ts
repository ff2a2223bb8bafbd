import type { Rule } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const nativeBindingRule: Rule = {
  id: 'PW-JS-NATIVE-BINDING',
  title: "Node's internals or native code are reached",
  category: 'unsafe-memory',
  cwe: 1100,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: '`process.binding` and `process.dlopen` reach below the checks of the runtime, and change with every release.',
    remedy: 'Use the public modules.',
    bad: "const { writeString } = process.binding('fs');",
    good: "import { writeFile } from 'node:fs/promises';",
  },
  watches: [
    {
      on: 'call',
      of: ['global.process.binding', 'global.process._linkedBinding', 'global.process.dlopen'],
      check: (call, context) => {
        context.report(call.node, {
          message: `\`process.${call.method}\` reaches below the public interfaces of the runtime.`,
        });
      },
    },
  ],
};

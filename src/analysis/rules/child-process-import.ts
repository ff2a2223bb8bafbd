import { moduleLoadedBy } from '../module-load.ts';
import { everyLanguage, type Rule } from '../rule.ts';

export const childProcessImportRule: Rule = {
  id: 'PW-JS-CHILD-PROCESS',
  title: 'The module that starts programs is loaded',
  category: 'process',
  cwe: undefined,
  severity: 'info',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'A plugin that can start programs can do whatever they can; reviewers look here first, and the sandbox refuses it unless the manifest asks for it.',
    remedy: 'Use a library or a host service instead; otherwise declare the capability and say why.',
    bad: "import { spawn } from 'node:child_process';",
    good: "import { createHash } from 'node:crypto';",
  },
  nodes: ['import_statement', 'export_statement', 'call_expression'],
  check: (node, context) => {
    const load = moduleLoadedBy(node, context);
    if (load?.module !== 'child_process') return;
    context.report(load.at, { message: '`child_process` is loaded: the plugin can start other programs.' });
  },
};

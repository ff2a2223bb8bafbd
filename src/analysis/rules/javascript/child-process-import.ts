import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const childProcessImportRule: Rule = {
  id: 'PW-JS-CHILD-PROCESS',
  title: 'The module that starts programs is loaded',
  category: 'other',
  cwe: 250,
  severity: 'info',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'A plugin that can start programs can do whatever they can; reviewers look here first, and the sandbox refuses it unless the manifest asks for it.',
    remedy: 'Use a library or a host service instead; otherwise declare the capability and say why.',
    bad: "import { spawn } from 'node:child_process';",
    good: "import { createHash } from 'node:crypto';",
  },
  watches: [
    { on: 'node', of: ['import_statement', 'export_statement'], check: checkImport },
    {
      on: 'call',
      of: ['global.require', 'global.import', 'global.process.getBuiltinModule'],
      check: (call, context) => {
        const name = call.args[0] && context.values.textOf(call.args[0].value);
        if (name === 'child_process' || name === 'node:child_process') report(call.node, context);
      },
    },
  ],
};

function checkImport(node: SyntaxNode, context: RuleContext): void {
  const required = node.children.find(child => child.type === 'import_require_clause');
  const source = (required ?? node).child('source');
  if (source === undefined || !/^['"](?:node:)?child_process['"]$/.test(context.textOf(source))) return;
  if (/^(?:import|export)\s+type\b/.test(context.text.slice(node.start, node.start + 40))) return;
  report(node, context);
}

function report(node: SyntaxNode, context: RuleContext): void {
  context.report(node, { message: '`child_process` is loaded: the plugin can start other programs.' });
}

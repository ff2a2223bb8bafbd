import type { Abstract } from '../../flow/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

const DECODERS =
  /(?:\batob\s*\(|['"`](?:base64|hex)['"`]|fromCharCode|unescape\s*\(|decodeURIComponent\s*\(\s*escape|inflate\w*\(|gunzip\w*\()/;

export const obfuscatedRule: Rule = {
  id: 'PW-JS-OBFUSCATED',
  title: 'Code is hidden from who reads it',
  category: 'obfuscation',
  cwe: 506,
  severity: 'error',
  confidence: 'high',
  languages: javascriptLanguages,
  docs: {
    risk: 'Code that is decoded before it runs cannot be reviewed; that is what it is for.',
    remedy: 'Ship readable source.',
    bad: "new Function(Buffer.from(payload, 'base64').toString())();",
    good: 'run(JSON.parse(payload));',
  },
  watches: [
    {
      on: 'call',
      of: [
        'global.eval',
        'global.Function',
        'vm.runInThisContext',
        'vm.runInNewContext',
        'vm.Script',
        'global.setTimeout',
      ],
      check: (call, context) => {
        const code = call.args.at(call.method === 'setTimeout' ? 0 : -1) ?? call.args[0];
        if (code === undefined || code.value.callable !== undefined) return;
        if (DECODERS.test(context.textOf(code.node).slice(0, 400)) || isDecoded(code.value, context)) {
          context.report(call.node, { message: 'What is decoded here is run as code.' });
        }
      },
    },
    { on: 'file', check: checkFile },
  ],
};

function isDecoded(value: Abstract, context: RuleContext): boolean {
  return context.values
    .pathsOf(value)
    .some(path =>
      /^(?:global\.atob|global\.Buffer\.from\(\)\.toString|global\.String\.fromCharCode|zlib\.\w+)\(\)/.test(
        path,
      ),
    );
}

/** Names such as `_0x3fa2` are what tools that hide code leave. */
function checkFile(context: RuleContext): void {
  const names = new Set<string>();
  const name = /\b_0x[\da-f]{4,6}\b/g;
  const start = context.text.indexOf('_0x');
  if (start < 0) return;
  name.lastIndex = Math.max(0, start - 1);
  for (
    let found = name.exec(context.text);
    found !== null && names.size < 12;
    found = name.exec(context.text)
  ) {
    names.add(found[0]);
  }
  if (names.size < 5) return;
  const at = nodeAt(context, start);
  if (at !== undefined)
    context.report(at, { message: 'The names in this file were made unreadable by a tool.' });
}

function nodeAt(context: RuleContext, offset: number): SyntaxNode | undefined {
  let node = context.module.functions[0]?.node ?? context.module.texts[0]?.node;
  while (node?.parent) node = node.parent;
  for (;;) {
    const inner: SyntaxNode | undefined = node?.children.find(
      child => child.start <= offset && offset < child.end,
    );
    if (inner === undefined) return node;
    node = inner;
  }
}

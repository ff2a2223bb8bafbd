import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

/** Calls that are looked at for the environment under another name. */
const HANDING = [
  ...['log', 'info', 'debug', 'warn', 'error', 'table', 'dir'].map(name => `global.console.${name}`),
  ...['entries', 'keys', 'values', 'assign'].map(name => `global.Object.${name}`),
  'global.JSON.stringify',
  'global.fetch',
  'util.inspect',
  ...['send', 'json', 'post', 'put', 'write', 'end', 'emit'].flatMap(name => [`**.${name}`, `?.${name}`]),
];

export const environmentDumpRule: Rule = {
  id: 'PW-JS-ENV-DUMP',
  title: 'The whole environment is handed on',
  category: 'exfiltration',
  cwe: 526,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'The environment holds tokens and passwords of the host; a log, a request or a started program then holds them too.',
    remedy: 'Name the variables that are needed.',
    bad: "fetch(url, { method: 'POST', body: JSON.stringify(process.env) });",
    good: 'const { PATH, LANG } = process.env;',
  },
  watches: [
    { on: 'read', of: ['global.process.env'], check: (read, context) => checkRead(read.node, context) },
    {
      on: 'call',
      of: HANDING,
      check: (call, context) => {
        if (call.args.some(({ value, node }) => isEnvironment(value) && node.type === 'identifier'))
          report(call, context);
      },
    },
  ],
};

function isEnvironment(value: Abstract): boolean {
  return value.path === 'global.process.env';
}

function report(call: CallEvent, context: RuleContext): void {
  context.report(call.node, {
    message: 'All environment variables are handed on here.',
    severity: goesOut(context.textOf(call.node.child('function') ?? call.node)) ? undefined : 'info',
  });
}

/** `process.env` as written, where it is not read from but handed on whole. */
function checkRead(node: SyntaxNode, context: RuleContext): void {
  let at = node;
  while (at.parent && /^(?:parenthesized|as|non_null|satisfies)_expression$/.test(at.parent.type))
    at = at.parent;
  const parent = at.parent;
  const isHandedOn =
    parent?.type === 'arguments' ||
    parent?.type === 'spread_element' ||
    parent?.type === 'return_statement' ||
    parent?.type === 'template_substitution' ||
    (parent?.type === 'pair' && at.field === 'value') ||
    (parent?.type === 'for_in_statement' && at.field === 'right') ||
    (parent?.type === 'arrow_function' && at.field === 'body');
  if (!isHandedOn || isForChild(at, context)) return;
  // `const { A, B } = parse(process.env)` and schemas of settings are how careful programs read it.
  const call = parent.type === 'arguments' ? parent.parent : undefined;
  context.report(call ?? node, {
    message: 'All environment variables are handed on here.',
    severity:
      call === undefined || goesOut(context.textOf(call.child('function') ?? call)) ? undefined : 'info',
  });
}

/** `env: process.env` and `env: { ...process.env, A: 1 }`: a program that is started gets the environment it would get anyway. */
function isForChild(node: SyntaxNode, context: RuleContext): boolean {
  let pair: SyntaxNode | undefined = node.parent;
  if (pair?.type === 'spread_element') pair = pair.parent?.parent;
  if (pair?.type === 'variable_declarator') {
    const name = pair.child('name');
    return name !== undefined && /env/i.test(context.textOf(name));
  }
  const key = pair?.type === 'pair' ? pair.child('key') : undefined;
  if (key === undefined || context.textOf(key) !== 'env') return false;
  let call = pair?.parent;
  while (call && /^(?:object|pair|arguments|parenthesized_expression)$/.test(call.type)) call = call.parent;
  const callee = call?.child('function');
  return callee === undefined || !goesOut(context.textOf(callee));
}

/** Calls that show, write or send what they are given. */
function goesOut(callee: string): boolean {
  return /^(?:console\.|JSON\.|util\.inspect|fetch|axios|got)|(?:^|\.)(?:log|info|debug|warn|error|send|post|put|write|writeFile|writeFileSync|emit|track|report|json|stringify|dump|print|inspect|end)$/.test(
    callee,
  );
}

import { operandsOfSum } from '../names/index.ts';
import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const TIMERS = new Set(['global.setTimeout', 'global.setInterval', 'global.setImmediate']);

export const stringTimerRule: Rule = {
  id: 'PW-JS-STRING-TIMER',
  title: 'A timer is given text to run',
  category: 'code-execution',
  cwe: 95,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Browsers run a string given to `setTimeout` or `setInterval` as code, like `eval`; Node refuses it with an exception.',
    remedy: 'Pass a function.',
    bad: "setTimeout('refresh(' + id + ')', 100);",
    good: 'setTimeout(() => refresh(id), 100);',
  },
  nodes: ['call_expression'],
  check: (node, context) => {
    const { callee, args } = context.callAt(node);
    const [handler] = args ?? [];
    if (callee === undefined || !TIMERS.has(callee) || handler === undefined) return;
    if (!isText(handler, context)) return;
    const name = callee.slice('global.'.length);
    context.report(handler, { message: `\`${name}\` gets text here, which is run as code.` });
  },
};

function isText(node: SyntaxNode, context: RuleContext): boolean {
  if (node.type === 'template_string') return true;
  if (node.type === 'binary_expression') {
    return operandsOfSum(node).some(operand => typeof context.names.constantOf(operand) === 'string');
  }
  return typeof context.names.constantOf(node) === 'string';
}

import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const BUILT_IN = /^global\.(?:Object|Array|String|Function|Number|Promise|Map|Set|RegExp|Date)\.prototype\./;

export const prototypePollutionRule: Rule = {
  id: 'PW-JS-PROTOTYPE',
  title: 'A prototype that others share is changed',
  category: 'data',
  cwe: 1321,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'A value written through `__proto__` or into `Object.prototype` appears on every object in the process, and changes how the host and other plugins decide.',
    remedy: 'Use a `Map` or `Object.create(null)` for keys that come from outside; extend your own classes.',
    bad: "target['__proto__'].admin = true;",
    good: "settings.set('admin', true);",
  },
  nodes: ['assignment_expression', 'augmented_assignment_expression', 'call_expression'],
  check: (node, context) => {
    if (node.type === 'call_expression') {
      checkCall(node, context);
      return;
    }
    const left = node.child('left');
    if (left?.type !== 'member_expression' && left?.type !== 'subscript_expression') return;
    if (BUILT_IN.test(context.names.pathOf(left) ?? '')) {
      context.report(left, {
        message: 'This changes a built-in prototype for the whole process.',
        severity: 'warning',
      });
    } else if (goesThroughProto(left, context)) {
      context.report(left, {
        message: 'This writes through `__proto__` into a prototype that others share.',
      });
    }
  },
};

function checkCall(node: SyntaxNode, context: RuleContext): void {
  const { callee, args } = context.callAt(node);
  const [target] = args ?? [];
  if (callee !== 'global.Object.defineProperty' && callee !== 'global.Object.assign') return;
  if (target === undefined || !BUILT_IN.test(`${context.names.pathOf(target) ?? ''}.`)) return;
  context.report(target, {
    message: 'This changes a built-in prototype for the whole process.',
    severity: 'warning',
  });
}

function goesThroughProto(target: SyntaxNode, context: RuleContext): boolean {
  for (let at: SyntaxNode | undefined = target; at; at = at.child('object')) {
    const key = at.child('property') ?? at.child('index');
    if (key === undefined) return false;
    const name =
      key.type === 'property_identifier' ? context.names.nameOf(key) : context.names.constantOf(key);
    if (name === '__proto__') return true;
  }
  return false;
}

import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const OPTIONS = new Set(['rejectUnauthorized', 'strictSSL']);
const VARIABLE = 'global.process.env.NODE_TLS_REJECT_UNAUTHORIZED';

export const tlsOffRule: Rule = {
  id: 'PW-JS-TLS-OFF',
  title: 'Certificates are not checked',
  category: 'cryptography',
  cwe: 295,
  severity: 'error',
  confidence: 'high',
  languages: everyLanguage,
  docs: {
    risk: 'Anyone on the way can pose as the server, read what is sent and change what comes back.',
    remedy: 'Leave the check on; for a private authority give its certificate as `ca`.',
    bad: 'https.get(url, { rejectUnauthorized: false });',
    good: 'https.get(url, { ca: companyCertificate });',
  },
  nodes: ['pair', 'assignment_expression'],
  check: (node, context) => {
    if (node.type === 'pair') checkOption(node.child('key'), node.child('value'), context);
    else checkAssignment(node, context);
  },
};

function checkOption(key: SyntaxNode | undefined, value: SyntaxNode | undefined, context: RuleContext): void {
  if (!key || !value) return;
  const name = context.names.keyOf(key);
  if (name === 'NODE_TLS_REJECT_UNAUTHORIZED') {
    if (isZero(value, context))
      context.report(value, { message: `\`${name}\` switches certificate checks off.` });
    return;
  }
  if (name === undefined || !OPTIONS.has(name)) return;
  const constant = context.names.constantOf(value);
  const off = constant === false || constant === 0 || /^!\s*[1-9]$/.test(context.names.textOf(value));
  if (!off) return;
  context.report(value, {
    message: `\`${name}: ${context.names.textOf(value)}\` switches certificate checks off.`,
    fix: context.replace(value, 'true', 'Check certificates'),
  });
}

function checkAssignment(node: SyntaxNode, context: RuleContext): void {
  const left = node.child('left');
  const right = node.child('right');
  if (!left || !right) return;
  if (context.names.pathOf(left) === VARIABLE) {
    if (!isZero(right, context)) return;
    context.report(node, {
      message: '`NODE_TLS_REJECT_UNAUTHORIZED` switches certificate checks off for the whole process.',
    });
  } else if (left.type === 'member_expression') {
    checkOption(left.child('property'), right, context);
  }
}

function isZero(node: SyntaxNode, context: RuleContext): boolean {
  const value = context.names.constantOf(node);
  return value === 0 || value === '0' || value === false;
}

import { everyLanguage, type Rule, type RuleContext } from '../rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';

const PROPERTIES = new Set(['innerHTML', 'outerHTML', 'srcdoc']);
const METHODS: ReadonlyMap<string, number> = new Map([
  ['insertAdjacentHTML', 1],
  ['createContextualFragment', 0],
  ['setHTMLUnsafe', 0],
]);
const DOCUMENT = new Set(['global.document.write', 'global.document.writeln']);

export const innerHtmlRule: Rule = {
  id: 'PW-JS-HTML-INJECTION',
  title: 'Text is put into the page as HTML',
  category: 'browser',
  cwe: 79,
  severity: 'warning',
  confidence: 'medium',
  languages: everyLanguage,
  docs: {
    risk: 'Text that holds a tag with an event handler runs script inside the application, with the rights of its user.',
    remedy: 'Use `textContent`, or build elements; clean HTML with a sanitizer before it goes into the page.',
    bad: 'panel.innerHTML = message;',
    good: 'panel.textContent = message;',
  },
  nodes: ['assignment_expression', 'augmented_assignment_expression', 'call_expression', 'pair'],
  check: (node, context) => {
    if (node.type === 'call_expression') checkCall(node, context);
    else if (node.type === 'pair') checkReact(node, context);
    else checkAssignment(node, context);
  },
};

function checkAssignment(node: SyntaxNode, context: RuleContext): void {
  const left = node.child('left');
  const right = node.child('right');
  const key = left?.child('property') ?? left?.child('index');
  const property = key && keyOf(key, context);
  if (!left || !key || !right || property === undefined || !PROPERTIES.has(property)) return;
  if (context.names.constantOf(right) !== undefined) return;
  const report = { message: `Text that is not a constant becomes HTML through \`${property}\`.` };
  const fixable = property === 'innerHTML' && key.type === 'property_identifier';
  context.report(left, {
    ...report,
    ...(fixable ? { fix: context.replace(key, 'textContent', 'Replace `innerHTML` by `textContent`') } : {}),
  });
}

function keyOf(key: SyntaxNode, context: RuleContext): string | undefined {
  if (key.type === 'property_identifier') return context.names.nameOf(key);
  const value = context.names.constantOf(key);
  return typeof value === 'string' ? value : undefined;
}

function checkCall(node: SyntaxNode, context: RuleContext): void {
  const { callee, target, args } = context.callAt(node);
  if (callee !== undefined && DOCUMENT.has(callee)) {
    context.report(target, {
      message: '`document.write` writes text into the page as HTML.',
      severity: args?.every(argument => context.names.constantOf(argument) !== undefined)
        ? 'info'
        : 'warning',
    });
    return;
  }
  const key = target.child('property');
  const method = key && context.names.nameOf(key);
  const index = method === undefined ? undefined : METHODS.get(method);
  const html = index === undefined ? undefined : args?.[index];
  if (html === undefined || context.names.constantOf(html) !== undefined) return;
  context.report(target, { message: `Text that is not a constant becomes HTML through \`${method}\`.` });
}

function checkReact(node: SyntaxNode, context: RuleContext): void {
  const key = node.child('key');
  const value = node.child('value');
  if (!key || !value || context.names.keyOf(key) !== '__html') return;
  if (context.names.constantOf(value) !== undefined) return;
  context.report(node, { message: 'Text that is not a constant becomes HTML through `__html`.' });
}

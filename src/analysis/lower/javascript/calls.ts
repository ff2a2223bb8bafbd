import type { Argument, CallValue, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { globalReference } from './references.ts';
import { cleanedBy } from './replacements.ts';
import { lowerTemplate } from './strings.ts';

/** Loaders of AMD: what they are given a function for runs with the named modules. */
const AMD = new Set(['define', 'require', 'requirejs']);

/** A call, `new`, tagged template or `import()`. */
export function lowerCall(node: SyntaxNode, cx: Context): Value {
  const isNew = node.type === 'new_expression';
  const callee = node.child(isNew ? 'constructor' : 'function');
  const list = node.child('arguments');
  if (list?.type === 'template_string') return lowerTagged(node, callee, list, cx);
  const called = calleeOf(callee, node, cx);
  const args = lowerArguments(list, cx);
  const call: CallValue = { kind: 'call', node, callee: called, args, isNew };
  return called.kind === 'reference' && called.binding === undefined && AMD.has(called.name)
    ? (amdCall(call) ?? call)
    : cleanedBy(call, cx);
}

function calleeOf(callee: SyntaxNode | undefined, node: SyntaxNode, cx: Context): Value {
  if (callee?.type === 'import') return globalReference(callee, 'import');
  return cx.value(callee, node);
}

/** A call's arguments in order. */
export function lowerArguments(list: SyntaxNode | undefined, cx: Context): Argument[] {
  const args: Argument[] = [];
  for (const child of list?.children ?? []) {
    if (child.type === 'comment') continue;
    if (child.type === 'spread_element') args.push({ value: cx.value(child.inner, child), spread: 'list' });
    else args.push({ value: cx.value(child, child) });
  }
  return args;
}

function lowerTagged(
  node: SyntaxNode,
  callee: SyntaxNode | undefined,
  template: SyntaxNode,
  cx: Context,
): Value {
  const tag = cx.value(callee, node);
  const isRaw = callee !== undefined && cx.textOf(callee) === 'String.raw';
  const text = lowerTemplate(template, cx, isRaw ? undefined : tag);
  return { ...text, node };
}

/** `define(['fs'], fs => …)` is a call of the function with the modules. */
function amdCall(call: CallValue): CallValue | undefined {
  const factory = call.args.find(({ value }) => value.kind === 'function')?.value;
  if (factory === undefined) return undefined;
  const names = call.args.find(({ value }) => value.kind === 'list')?.value;
  const modules = names?.kind === 'list' ? names.items : [];
  const args = modules.map(({ value }): Argument => {
    const name = value.kind === 'constant' ? value.value : undefined;
    // These three are no modules; the function's parameters of these names are known by their names.
    if (name === 'require' || name === 'exports' || name === 'module') {
      return { value: globalReference(value.node, name) };
    }
    const callee = globalReference(value.node, 'require');
    return { value: { kind: 'call', node: value.node, callee, args: [{ value }], isNew: false } };
  });
  return { kind: 'call', node: call.node, callee: factory, args, isNew: false };
}

import type { Binding, Target, Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** Names of the environment; an assignment to one is a change of the environment and no new variable. */
const ENVIRONMENT = new Set([
  'location',
  'onmessage',
  'onload',
  'onerror',
  'onhashchange',
  'name',
  'status',
  'module',
  'exports',
  'require',
  'document',
  'window',
  'self',
  'globalThis',
  'global',
  'process',
  'console',
  'eval',
  'Function',
]);

/** What a name is bound to here. A name that is only ever assigned belongs to the whole file. */
export function bindingOf(name: string, cx: Context): Binding | undefined {
  const declared = cx.scope.lookup(name);
  if (declared !== undefined || ENVIRONMENT.has(name) || !cx.survey.assigned.has(name)) return declared;
  return cx.program.declare(name, undefined);
}

/** A use of a name. */
export function reference(node: SyntaxNode, name: string, cx: Context): Value {
  return { kind: 'reference', node, name, binding: bindingOf(name, cx) };
}

/** A name of the language or the environment, whatever the file declares. */
export function globalReference(node: SyntaxNode, name: string): Value {
  return { kind: 'reference', node, name, binding: undefined };
}

/** A write to a name. */
export function nameTarget(node: SyntaxNode, name: string, cx: Context): Target {
  const binding = bindingOf(name, cx);
  if (binding !== undefined) return { kind: 'binding', node, binding };
  return { kind: 'member', node, object: globalReference(node, 'globalThis'), key: name };
}

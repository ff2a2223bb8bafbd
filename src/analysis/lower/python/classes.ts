import { type ClassIr, createScope, type FunctionIr, type Statement, type Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { type Context, outermost } from './context.ts';
import { declareNames } from './declarations.ts';
import { lowerDecorators } from './decorators.ts';
import { lowerType } from './types.ts';

/**
 * A `class`. What its body does besides defining methods comes as statements that stand before it; its fields refer to
 * what those have assigned.
 */
export function lowerClass(
  node: SyntaxNode,
  decorators: readonly Value[],
  context: Context,
): { readonly class: ClassIr; readonly before: readonly Statement[] } {
  const nameNode = node.child('name');
  const name = nameNode === undefined ? undefined : context.textOf(nameNode);
  const bases = (node.child('superclasses')?.children ?? [])
    .filter(child => child.type !== 'keyword_argument' && child.type !== 'comment')
    .map(child => context.value(child, node));
  const methods = new Map<string, FunctionIr>();
  const fields = new Map<string, Value | undefined>();
  const fieldTypes = new Map<string, Value>();
  const lowered: ClassIr = {
    node,
    name,
    bases,
    decorators,
    methods,
    fields,
    fieldTypes,
    isPublic: context.level === 0 && name?.startsWith('_') === false,
  };
  context.classes.push(lowered);
  const before: Statement[] = [];
  const body = node.child('body');
  if (body === undefined) return { class: lowered, before };
  const scope = createScope(context.scope);
  declareNames(body, scope, outermost(scope), context.text);
  context.level++;
  context.within({ scope }, () => {
    for (const child of body.children) {
      const definition = child.type === 'decorated_definition' ? child.child('definition') : child;
      if (definition?.type === 'function_definition') {
        const method = context.parts.define(definition, lowerDecorators(child, context), context, lowered);
        const key = method.name === '__init__' ? 'constructor' : (method.name ?? '');
        // A property's setter has its getter's name; what reads it matters more.
        if (!methods.has(key)) methods.set(key, method);
        noteFieldTypes(definition, fieldTypes, context);
      } else context.statement(child, before);
    }
  });
  context.level--;
  for (const statement of before) {
    if (statement.kind !== 'assign' || statement.target.kind !== 'binding') continue;
    const { binding, node: at } = statement.target;
    if (scope.own(binding.name) !== binding) continue;
    const isLiteral = statement.value?.kind === 'constant' && statement.operator === '=';
    fields.set(
      binding.name,
      isLiteral || statement.value === undefined
        ? statement.value
        : { kind: 'reference', node: at, name: binding.name, binding },
    );
    if (statement.type) fieldTypes.set(binding.name, statement.type);
  }
  return { class: lowered, before };
}

/** `self.name: Type = …` in a method declares a field. */
function noteFieldTypes(method: SyntaxNode, fieldTypes: Map<string, Value>, context: Context): void {
  for (const statement of method.child('body')?.children ?? []) {
    const assignment = statement.type === 'expression_statement' ? statement.inner : undefined;
    const type = assignment?.type === 'assignment' ? assignment.child('type') : undefined;
    const left = assignment?.child('left');
    const key = left?.type === 'attribute' ? left.child('attribute') : undefined;
    const declared = type && key && lowerType(type, context);
    if (key && declared) fieldTypes.set(context.textOf(key), declared);
  }
}

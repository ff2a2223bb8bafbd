import type { RecordValue, Statement, Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { lowerNodes } from './blocks.ts';
import type { Context } from './context.ts';
import { keyOf } from './keys.ts';
import { reference } from './references.ts';

/** `const`, `let`, `var`. */
export function lowerVariables(node: SyntaxNode, cx: Context, into: Statement[], isExported: boolean): void {
  for (const child of node.children) {
    if (child.type !== 'variable_declarator') continue;
    const pattern = child.child('name');
    if (pattern === undefined) continue;
    const written = child.child('value');
    const type = cx.parts.type(child.child('type'), cx);
    // A second `var x;` takes nothing away.
    if (written === undefined && node.type === 'variable_declaration' && type === undefined) continue;
    const name = pattern.type === 'identifier' ? decodeName(cx.textOf(pattern)) : undefined;
    const isPublic = isExported || isHandedOut(name, cx);
    const value = written && cx.value(written, child, { name, isPublic });
    into.push({
      kind: 'assign',
      node: child,
      target: cx.parts.target(pattern, cx),
      value,
      operator: '=',
      type,
    });
  }
}

function isHandedOut(name: string | undefined, cx: Context): boolean {
  return name !== undefined && cx.survey.exported.has(name) && cx.scope.parent === undefined;
}

/** Functions, classes, enumerations and namespaces. */
export function lowerDeclaration(
  node: SyntaxNode,
  cx: Context,
  into: Statement[],
  isExported: boolean,
): void {
  const nameNode = node.child('name');
  if (nameNode === undefined || nameNode.type === 'string') return;
  const name = decodeName(cx.textOf(nameNode));
  if (node.type === 'internal_module') lowerNamespace(node, cx, into);
  const value = declaredValue(node, name, isExported || isHandedOut(name, cx), cx);
  if (value === undefined) return;
  into.push({ kind: 'assign', node, target: cx.parts.target(nameNode, cx), value, operator: '=' });
}

function declaredValue(node: SyntaxNode, name: string, isPublic: boolean, cx: Context): Value | undefined {
  switch (node.type) {
    case 'function_declaration':
    case 'generator_function_declaration':
      return { kind: 'function', node, function: cx.parts.function(node, cx, { name, isPublic }) };
    case 'class_declaration':
    case 'abstract_class_declaration':
      return { kind: 'class', node, class: cx.parts.class(node, cx, { name, isPublic }) };
    case 'enum_declaration':
      return enumeration(node, cx);
    case 'internal_module':
      return { kind: 'record', node, entries: namesIn(node, cx) };
    default:
      return undefined;
  }
}

function enumeration(node: SyntaxNode, cx: Context): Value {
  let next = 0;
  const entries: RecordValue['entries'][number][] = [];
  for (const member of node.child('body')?.children ?? []) {
    if (member.type === 'comment') continue;
    const isAssigned = member.type === 'enum_assignment';
    const key = isAssigned ? member.child('name') : member;
    const written = isAssigned ? member.child('value') : undefined;
    if (key === undefined) continue;
    const value: Value = written
      ? cx.value(written, member)
      : { kind: 'constant', node: member, value: next };
    next = value.kind === 'constant' && typeof value.value === 'number' ? value.value + 1 : next + 1;
    entries.push({ key: keyOf(key, cx), value });
  }
  return { kind: 'record', node, entries };
}

/** A namespace's statements run in place; its names are declared around it, which no honest file tells apart. */
function lowerNamespace(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const nodes = node.child('body')?.children ?? [];
  into.push(
    ...lowerNodes(
      nodes.map(child => declarationIn(child) ?? child),
      cx,
    ),
  );
}

function declarationIn(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'export_statement' ? node.child('declaration') : undefined;
}

function namesIn(node: SyntaxNode, cx: Context): RecordValue['entries'] {
  return (node.child('body')?.children ?? []).flatMap(child => {
    const declaration = declarationIn(child);
    if (declaration === undefined) return [];
    return namesOf(declaration, cx).map(name => ({ key: name, value: reference(child, name, cx) }));
  });
}

/** The plain names that a declaration declares. */
export function namesOf(declaration: SyntaxNode, cx: Context): string[] {
  const own = declaration.child('name');
  if (own) return /identifier$/.test(own.type) ? [decodeName(cx.textOf(own))] : [];
  return declaration.children.flatMap(child => {
    const name = child.type === 'variable_declarator' ? child.child('name') : undefined;
    if (name === undefined) return [];
    if (name.type === 'identifier') return [decodeName(cx.textOf(name))];
    return name.type === 'object_pattern' ? namesInPattern(name, cx) : [];
  });
}

function namesInPattern(pattern: SyntaxNode, cx: Context): string[] {
  return pattern.children.flatMap(child => {
    if (child.type === 'shorthand_property_identifier_pattern') return [decodeName(cx.textOf(child))];
    const value = child.type === 'pair_pattern' ? child.child('value') : undefined;
    return value?.type === 'identifier' ? [decodeName(cx.textOf(value))] : [];
  });
}

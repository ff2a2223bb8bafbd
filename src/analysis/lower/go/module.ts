import {
  type ClassIr,
  createScope,
  type FunctionIr,
  type ModuleIr,
  type Scope,
  type Statement,
} from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import { childrenOf, codeIn, type GoContext, opaque, textOf } from './context.ts';
import { declareTypes, lowerConstants, lowerTypes, lowerVariables, specsOf } from './declarations.ts';
import { lowerExpression, lowerTarget } from './expressions.ts';
import { lowerFunction, receiverType } from './functions.ts';
import { unquoted } from './literals.ts';
import { modulePath, packageNames } from './paths.ts';
import { lowerBlock, lowerStatement } from './statements.ts';

/** A whole file: the order of its declarations means nothing in Go, so names are made known before they are used. */
export function lowerModule(root: SyntaxNode, text: string): ModuleIr {
  const context = createContext(root, text);
  const scope = createScope();
  const top = codeIn(root);
  const imports = top.flatMap(node =>
    node.type === 'import_declaration' ? lowerImports(context, node, scope) : [],
  );
  for (const node of top) declareNames(context, node, scope);
  for (const node of top) if (node.type === 'type_declaration') declareTypes(context, node, scope);
  const functions = top.flatMap(node => lowerTopFunction(context, node, scope));
  const types = collect(top, 'type_declaration', node => lowerTypes(context, node, scope));
  const constants = collect(top, 'const_declaration', node => lowerConstants(context, node, scope));
  const variables = collect(top, 'var_declaration', node => lowerVariables(context, node, scope, true));
  const rest = top.flatMap(node => (KNOWN.has(node.type) ? [] : lowerStatement(context, node, scope)));
  const clause = top.find(({ type }) => type === 'package_clause')?.inner;
  return {
    body: [...imports, ...types, ...functions, ...constants, ...variables, ...rest],
    scope,
    functions: context.functions,
    classes: context.classes,
    comments: commentsIn(root),
    texts: context.texts,
    ...(clause === undefined ? {} : { packageName: textOf(context, clause) }),
  };
}

const KNOWN = new Set([
  ...['package_clause', 'import_declaration', 'type_declaration', 'const_declaration', 'var_declaration'],
  ...['function_declaration', 'method_declaration', 'comment'],
]);

function createContext(root: SyntaxNode, text: string): GoContext {
  const context: GoContext = {
    text,
    functions: [],
    classes: [],
    texts: [],
    facts: new Map(),
    classByName: new Map(),
    depth: 0,
    iota: 0,
    results: [],
    value: (node, scope) => (node === undefined ? opaque(root) : lowerExpression(context, node, scope)),
    target: (node, scope) => lowerTarget(context, node, scope),
    block: (node, scope) => lowerBlock(context, node, scope),
    statement: (node, scope) => lowerStatement(context, node, scope),
    function: (node, scope, name) => lowerFunction(context, node, scope, name),
  };
  return context;
}

function collect(
  top: readonly SyntaxNode[],
  type: string,
  lower: (node: SyntaxNode) => Statement[],
): Statement[] {
  return top.flatMap(node => (node.type === type ? lower(node) : []));
}

function lowerImports(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  return specsOf(node).flatMap((spec): Statement[] => {
    const module = unquoted(context, spec.child('path'));
    const alias = spec.child('name');
    if (module === '') return [];
    const isHidden = alias?.type === 'dot' || alias?.type === 'blank_identifier';
    const names = alias === undefined ? packageNames(module) : isHidden ? [] : [textOf(context, alias)];
    const bindings = names.map(name => {
      const binding = scope.declare(name, spec);
      context.facts.set(binding, { module: modulePath(module) ?? module });
      return { binding, name: undefined };
    });
    return [
      { kind: 'import', node: spec, module, bindings, ...(alias?.type === 'dot' ? { all: true } : {}) },
    ];
  });
}

function declareNames(context: GoContext, node: SyntaxNode, scope: Scope): void {
  if (node.type === 'function_declaration') {
    const name = node.child('name');
    if (name !== undefined) scope.declare(textOf(context, name), name);
    return;
  }
  if (!/^(?:const|var|type)_declaration$/.test(node.type)) return;
  for (const spec of specsOf(node)) {
    for (const name of childrenOf(spec, 'name')) scope.declare(textOf(context, name), name);
  }
}

function lowerTopFunction(context: GoContext, node: SyntaxNode, scope: Scope): Statement[] {
  const nameNode = node.child('name');
  if (nameNode === undefined) return [];
  const name = textOf(context, nameNode);
  if (node.type === 'method_declaration') {
    const owner = ownerOf(context, node);
    const method = lowerFunction(context, node, scope, name, owner);
    // The class is this file's own; it is complete when the file is.
    if (owner === undefined) return [];
    (owner.methods as Map<string, FunctionIr>).set(name, method);
    // The file with the type finds it under this name, which no program can write.
    const isElsewhere = owner.node.type === 'method_declaration';
    return isElsewhere ? [named(node, nameNode, `(${owner.name}).${name}`, method, scope)] : [];
  }
  if (node.type !== 'function_declaration') return [];
  const lowered = lowerFunction(context, node, scope, name);
  return [named(node, nameNode, name, lowered, scope)];
}

function named(node: SyntaxNode, at: SyntaxNode, name: string, lowered: FunctionIr, scope: Scope): Statement {
  const target = { kind: 'binding', node: at, binding: scope.declare(name, at) } as const;
  const value = { kind: 'function', node, function: lowered } as const;
  return { kind: 'assign', node, target, value, operator: '=' };
}

/** The class of a method's receiver; its type may be declared in another file of the package. */
function ownerOf(context: GoContext, method: SyntaxNode): ClassIr | undefined {
  const name = receiverType(context, method);
  if (name === undefined) return undefined;
  let owner = context.classByName.get(name);
  if (owner === undefined) {
    owner = {
      node: method,
      name,
      bases: [],
      decorators: [],
      methods: new Map(),
      fields: new Map(),
      fieldTypes: new Map(),
      isPublic: /^\p{Lu}/u.test(name),
    };
    context.classByName.set(name, owner);
  }
  if (!context.classes.includes(owner)) context.classes.push(owner);
  return owner;
}

function commentsIn(root: SyntaxNode): SyntaxNode[] {
  const comments: SyntaxNode[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'comment') comments.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child !== undefined) open.push(child);
    }
  }
  return comments;
}

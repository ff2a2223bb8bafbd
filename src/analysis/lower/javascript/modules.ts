import type { ImportStatement, Statement, Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { lowerDeclaration, lowerVariables, namesOf } from './declarations.ts';
import { plainKey } from './keys.ts';
import { globalReference, nameTarget, reference } from './references.ts';
import { decodeString } from './strings.ts';

type ImportedName = ImportStatement['bindings'][number];

/** `import …`, also of types alone: a declared type's path comes from there. */
export function lowerImport(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const required = node.children.find(child => child.type === 'import_require_clause');
  const source = (required ?? node).child('source');
  if (source === undefined) return;
  const bindings: ImportedName[] = [];
  const add = (local: SyntaxNode | undefined, name: string | undefined): void => {
    if (local) bindings.push({ binding: cx.scope.declare(decodeName(cx.textOf(local)), local), name });
  };
  if (required) add(required.inner, undefined);
  for (const clause of node.children) {
    if (clause.type !== 'import_clause') continue;
    for (const part of clause.children) {
      if (part.type === 'identifier') add(part, 'default');
      else if (part.type === 'namespace_import') add(part.inner, undefined);
      else if (part.type === 'named_imports') {
        for (const one of part.children) {
          const name = one.child('name');
          if (name) add(one.child('alias') ?? name, plainKey(name, cx));
        }
      }
    }
  }
  into.push({ kind: 'import', node, module: decodeString(source, cx), bindings });
}

/** `import Short = Long.Name`. */
export function lowerImportAlias(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const [name, target] = node.children.filter(child => child.type !== 'comment');
  const value = cx.parts.type(target, cx);
  if (name === undefined || value === undefined) return;
  into.push({ kind: 'assign', node, target: nameTarget(name, cx.textOf(name), cx), value, operator: '=' });
}

/** `export …` in all its forms. */
export function lowerExport(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const declaration = node.child('declaration');
  const written = node.child('value');
  const source = node.child('source');
  const isDefault = /^(?:@[\s\S]*?)?export\s+default\b/.test(cx.text.slice(node.start, node.start + 300));
  if (declaration) {
    exportDeclaration(node, declaration, isDefault, cx, into);
  } else if (written) {
    const value = cx.value(written, node, { isPublic: true });
    into.push({ kind: 'export', node, name: 'default', value });
  } else if (source) {
    exportFrom(node, decodeString(source, cx), cx, into);
  } else {
    exportNames(node, cx, into);
  }
}

function exportDeclaration(
  node: SyntaxNode,
  declaration: SyntaxNode,
  isDefault: boolean,
  cx: Context,
  into: Statement[],
): void {
  if (isDefault && declaration.child('name') === undefined) {
    const value = cx.value(declaration, node, { isPublic: true });
    into.push({ kind: 'export', node, name: 'default', value });
    return;
  }
  const isFunction = /^(?:generator_)?function_declaration$/.test(declaration.type);
  if (/^(?:lexical|variable)_declaration$/.test(declaration.type)) {
    lowerVariables(declaration, cx, into, true);
  } else if (isFunction) {
    // Already at the front of its block.
  } else if (/class_declaration$|^enum_declaration$|^internal_module$/.test(declaration.type)) {
    lowerDeclaration(declaration, cx, into, true);
  } else {
    return;
  }
  for (const name of namesOf(declaration, cx)) {
    const value = reference(declaration, name, cx);
    into.push({ kind: 'export', node, name: isDefault ? 'default' : name, value });
  }
}

function exportFrom(node: SyntaxNode, from: string, cx: Context, into: Statement[]): void {
  const clause = node.children.find(child => child.type === 'export_clause');
  const namespace = node.children.find(child => child.type === 'namespace_export');
  if (clause === undefined && namespace === undefined) {
    into.push({ kind: 'export', node, name: '*', value: undefined, from });
    return;
  }
  // What is handed on under another name is taken in first, under a name that no file can write.
  const handOn = (imported: string | undefined, name: string): void => {
    const binding = cx.scope.declare(`export ${name}`, node);
    into.push({ kind: 'import', node, module: from, bindings: [{ binding, name: imported }] });
    const value: Value = { kind: 'reference', node, name, binding };
    into.push({ kind: 'export', node, name, value });
  };
  const as = namespace?.inner && plainKey(namespace.inner, cx);
  if (as !== undefined) handOn(undefined, as);
  for (const one of clause?.children ?? []) {
    const name = one.child('name');
    const imported = name && plainKey(name, cx);
    if (imported === undefined) continue;
    const alias = one.child('alias');
    handOn(imported, (alias && plainKey(alias, cx)) ?? imported);
  }
}

function exportNames(node: SyntaxNode, cx: Context, into: Statement[]): void {
  const clause = node.children.find(child => child.type === 'export_clause');
  for (const one of clause?.children ?? []) {
    const name = one.child('name');
    const local = name && plainKey(name, cx);
    if (name === undefined || local === undefined) continue;
    const alias = one.child('alias');
    const exported = (alias && plainKey(alias, cx)) ?? local;
    into.push({ kind: 'export', node: one, name: exported, value: reference(name, local, cx) });
  }
  if (clause) return;
  // `export = x` is CommonJS's `module.exports = x`.
  const value = node.inner;
  if (value === undefined || value.type === 'comment') return;
  into.push({
    kind: 'assign',
    node,
    target: { kind: 'member', node, object: globalReference(node, 'module'), key: 'exports' },
    value: cx.value(value, node, { isPublic: true }),
    operator: '=',
  });
}

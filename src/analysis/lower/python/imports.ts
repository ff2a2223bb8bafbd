import type { ImportStatement, Statement } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { modulePath } from './paths.ts';

/** `import a.b as c` and `from .a import b`. */
export function lowerImport(node: SyntaxNode, context: Context, into: Statement[]): void {
  const names = node.children.filter(child => child.field === 'name');
  if (node.type === 'import_statement') {
    for (const child of names) lowerModule(child, context, into);
    return;
  }
  const moduleNode = node.child('module_name');
  const module = moduleNode === undefined ? '__future__' : compact(context.textOf(moduleNode));
  if (node.children.some(child => child.type === 'wildcard_import')) {
    into.push({ kind: 'import', node, module, bindings: [], all: true });
    return;
  }
  const isFolder = /^\.+$/.test(module);
  const bindings: ImportStatement['bindings'][number][] = [];
  for (const child of names) {
    const { name, local } = namesOf(child, context);
    if (local === undefined) continue;
    const binding =
      context.scope.lookup(context.textOf(local)) ?? context.scope.declare(context.textOf(local), local);
    // `from . import sibling` names a file far more often than something in `__init__.py`.
    if (isFolder) {
      into.push({ kind: 'import', node, module: module + name, bindings: [{ binding, name: undefined }] });
      continue;
    }
    context.origins.set(binding, `${modulePath(module) ?? module}.${name}`);
    bindings.push({ binding, name });
  }
  if (bindings.length > 0) into.push({ kind: 'import', node, module, bindings });
}

function lowerModule(child: SyntaxNode, context: Context, into: Statement[]): void {
  const { name, local } = namesOf(child, context);
  if (local === undefined) return;
  // `import a.b` binds `a`; `import a.b as c` binds the inner one.
  const module = child.type === 'aliased_import' ? name : context.textOf(local);
  const written = context.textOf(local);
  const binding = context.scope.lookup(written) ?? context.scope.declare(written, local);
  context.origins.set(binding, modulePath(module) ?? module);
  into.push({ kind: 'import', node: child, module, bindings: [{ binding, name: undefined }] });
}

function namesOf(child: SyntaxNode, context: Context): { name: string; local: SyntaxNode | undefined } {
  const nameNode = child.type === 'aliased_import' ? child.child('name') : child;
  const name = nameNode === undefined ? '' : compact(context.textOf(nameNode));
  return { name, local: child.type === 'aliased_import' ? child.child('alias') : child.children[0] };
}

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}

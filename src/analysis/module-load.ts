import type { RuleContext } from './rule.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** A module that a statement or call loads. */
export interface ModuleLoad {
  /** Its name without `node:`. */
  readonly module: string;
  readonly at: SyntaxNode;
}

/** The module which an import, a re-export, or a call of `require` or `import()` loads; type imports load nothing. */
export function moduleLoadedBy(node: SyntaxNode, context: RuleContext): ModuleLoad | undefined {
  const { names } = context;
  if (node.type === 'call_expression') {
    const path = names.pathOf(node);
    const at = node.child('arguments')?.inner;
    const { callee, target } = context.callAt(node);
    const loads =
      target.type === 'import' || callee === 'global.require' || callee?.endsWith('.getBuiltinModule');
    if (!loads || !at || !path?.startsWith('module:')) return undefined;
    return { module: path.slice('module:'.length), at };
  }
  const clause = node.children.find(child => child.type === 'import_require_clause') ?? node;
  const at = clause.child('source');
  if (at === undefined || /^(?:import|export)\s+type\b/.test(names.textOf(node))) return undefined;
  const specifier = names.constantOf(at);
  if (typeof specifier !== 'string') return undefined;
  return { module: specifier.replace(/^node:/, ''), at };
}

import type { Names } from './names/index.ts';
import type { SyntaxNode } from './syntax/node.ts';

/** A call as a rule wants to see it. */
export interface CallSite {
  /** Canonical name of what is called; `undefined` for the file's own functions and unknown values. */
  readonly callee: string | undefined;
  /** The node that names what is called. */
  readonly target: SyntaxNode;
  /** `undefined` when the arguments are not spelled out, as in `f.apply(null, list)`. */
  readonly args: readonly SyntaxNode[] | undefined;
  readonly isNew: boolean;
}

/** Reads a call; `f.call(…)`, `f.apply(…)`, `Reflect.apply(f, …)` and `Reflect.construct(f, …)` count as calls of `f`. */
export function readCall(node: SyntaxNode, names: Names): CallSite {
  const isNew = node.type === 'new_expression';
  const target = node.child(isNew ? 'constructor' : 'function') ?? node;
  const args = argumentsOf(node);
  const callee = target === node ? undefined : names.pathOf(target);
  if (callee === 'global.Reflect.apply' || callee === 'global.Reflect.construct') {
    const [applied, ...rest] = args;
    const construct = callee.endsWith('construct');
    const list = construct ? rest[0] : rest[1];
    return {
      callee: applied && names.pathOf(applied),
      target: applied ?? target,
      args: elementsOf(list),
      isNew: construct,
    };
  }
  if (callee?.endsWith('.call')) return { callee: callee.slice(0, -5), target, args: args.slice(1), isNew };
  if (callee?.endsWith('.apply')) {
    return { callee: callee.slice(0, -6), target, args: elementsOf(args[1]), isNew };
  }
  return { callee, target, args, isNew };
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.child('arguments');
  if (list === undefined) return [];
  // A tagged template passes its text to the function.
  if (list.type === 'template_string') return [list];
  return list.children.filter(child => child.type !== 'comment');
}

function elementsOf(list: SyntaxNode | undefined): readonly SyntaxNode[] | undefined {
  if (list?.type !== 'array') return undefined;
  return list.children.filter(child => child.type !== 'comment');
}

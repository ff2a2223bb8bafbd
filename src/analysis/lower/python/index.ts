import type { ModuleIr, Statement } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Lowering } from '../port.ts';
import { Context, type Parts } from './context.ts';
import { declareNames } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { ownFiles } from './own-files.ts';
import { globalPath, memberPath, modulePath } from './paths.ts';
import { lowerStatement } from './statements.ts';

/** How Python is lowered. */
export const pythonLowering: Lowering = {
  grammar: 'tree-sitter-python.wasm',
  lower: lowerModule,
  globalPath,
  modulePath,
  memberPath,
  ownFiles,
};

const parts: Parts = { value: lowerExpression, statement: lowerStatement, define: lowerFunction };

function lowerModule(root: SyntaxNode, text: string): ModuleIr {
  const context = new Context(text, parts);
  declareNames(root, context.scope, context.scope, text);
  const body: Statement[] = [];
  for (const child of root.children) context.statement(child, body);
  return {
    body,
    scope: context.scope,
    functions: context.functions,
    classes: context.classes,
    comments: commentsIn(root),
    texts: context.texts,
  };
}

function commentsIn(root: SyntaxNode): readonly SyntaxNode[] {
  const comments: SyntaxNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'comment') comments.push(node);
    for (const child of node.children)
      if (child.children.length > 0 || child.type === 'comment') waiting.push(child);
  }
  return comments.sort((a, b) => a.start - b.start);
}

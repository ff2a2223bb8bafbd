import type { FunctionIr, ModuleIr } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Lowering } from '../port.ts';
import { lowerNodes } from './blocks.ts';
import { lowerArguments } from './calls.ts';
import { lowerClass } from './classes.ts';
import { Context, type Parts } from './context.ts';
import { lowerValue } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { hoistVars } from './hoisting.ts';
import { lowerElement } from './jsx.ts';
import { globalPath, memberPath, modulePath } from './names.ts';
import { ownFiles } from './own-files.ts';
import { lowerTarget } from './patterns.ts';
import { lowerStatement, lowerStatements } from './statements.ts';
import { surveyFile } from './survey.ts';
import { lowerType } from './types.ts';

const parts: Parts = {
  value: lowerValue,
  statements: lowerStatements,
  statement: lowerStatement,
  function: lowerFunction,
  class: lowerClass,
  target: lowerTarget,
  type: lowerType,
  arguments: lowerArguments,
  element: lowerElement,
};

function lower(root: SyntaxNode, text: string): ModuleIr {
  const survey = surveyFile(root, text);
  const cx = new Context(text, survey, parts);
  hoistVars(root.children, cx.program, cx);
  const body = lowerNodes(root.children, cx);
  return {
    body,
    scope: cx.program,
    functions: cx.functions.filter((one): one is FunctionIr => one !== undefined),
    classes: cx.classes,
    comments: survey.comments,
    texts: cx.texts,
  };
}

function loweringWith(grammar: string): Lowering {
  return { grammar, lower, globalPath, modulePath, memberPath, ownFiles };
}

/** JavaScript, with elements. */
export const javascriptLowering: Lowering = loweringWith('tree-sitter-javascript.wasm');

/** TypeScript: the same, but for the grammar. */
export const typescriptLowering: Lowering = loweringWith('tree-sitter-typescript.wasm');

/** TypeScript with elements. */
export const tsxLowering: Lowering = loweringWith('tree-sitter-tsx.wasm');

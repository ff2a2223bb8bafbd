import { createScope, type ModuleIr } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Lowering } from '../port.ts';
import { expressionValue } from './expressions.ts';
import { isComment, type Place, type RustFile } from './file.ts';
import { isItem, itemStatements } from './items.ts';
import { ownFiles } from './own-files.ts';
import { globalPath, memberPath, modulePath } from './prelude.ts';
import { blockStatements, statementsOf } from './statements.ts';

/** Each macro is read once for its own sake, and once for each it stands in: more than a few nobody writes. */
const MACRO_READINGS = 3;
const MACRO_TEXT_MIN = 16_384;

/** How Rust becomes the form that is the same for all languages. */
export const rustLowering: Lowering = {
  grammar: 'tree-sitter-rust.wasm',
  lower,
  globalPath,
  modulePath,
  memberPath,
  ownFiles,
};

function lower(root: SyntaxNode, text: string): ModuleIr {
  const scope = createScope();
  const file: RustFile = {
    text,
    root: scope,
    functions: [],
    classes: [],
    texts: [],
    tests: [],
    imports: new Map(),
    ownClasses: new Map(),
    otherClasses: new Map(),
    ownMethods: new Set(),
    strings: new Set(),
    macroText: { left: MACRO_TEXT_MIN + MACRO_READINGS * text.length },
    textOf: node => text.slice(node.start, node.end),
    expression: (node, place) => expressionValue(node, file, place),
    statements: (node, place, use) => statementsOf(node, file, place, use),
    block: (node, place, use) => blockStatements(node, file, place, use),
    items: (nodes, place) => itemStatements(nodes, file, place),
  };
  const place: Place = { scope, depth: 0 };
  // What stands outside of items (a macro such as `lazy_static!`, broken text) may declare what the items use.
  const loose = root.children.filter(node => !isComment(node) && !isItem(node));
  const before = loose.flatMap(node => file.statements(node, place, 'discard'));
  const items = file.items(root.children, place);
  const made = [...file.imports.values()].map(({ statement }) => statement);
  return {
    body: [...made, ...items, ...before],
    scope,
    functions: file.functions.sort((a, b) => a.node.start - b.node.start),
    classes: file.classes,
    comments: commentsIn(root),
    texts: file.texts.sort((a, b) => a.node.start - b.node.start),
    tests: file.tests,
  };
}

function commentsIn(root: SyntaxNode): SyntaxNode[] {
  const comments: SyntaxNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isComment(node)) comments.push(node);
    else for (const child of node.children) waiting.push(child);
  }
  return comments.sort((a, b) => a.start - b.start);
}

import type { SyntaxNode } from '../../syntax/node.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { javascriptLanguages } from './languages.ts';

export const deepSetRule: Rule = {
  id: 'PW-JS-DEEP-SET',
  title: 'A path of keys is followed into an object and written',
  category: 'prototype-pollution',
  cwe: 1321,
  severity: 'warning',
  confidence: 'medium',
  languages: javascriptLanguages,
  docs: {
    risk: 'A path such as `__proto__.admin` leads to the prototype of all objects, and the value is written there.',
    remedy: 'Refuse `__proto__`, `constructor` and `prototype`, or step only into own properties.',
    bad: 'function set(at, path, value) { const keys = path.split("."); for (const key of keys.slice(0, -1)) { at = at[key]; } at[keys.pop()] = value; }',
    good: 'function set(at, path, value) { const keys = path.split("."); for (const key of keys.slice(0, -1)) { if (!Object.hasOwn(at, key)) return; at = at[key]; } at[keys.pop()] = value; }',
  },
  watches: [
    { on: 'node', of: ['for_statement', 'for_in_statement', 'while_statement'], check },
    { on: 'call', of: ['**.reduce'], check: ({ node }, context) => checkReduce(node, context) },
  ],
};

function check(loop: SyntaxNode, context: RuleContext): void {
  if (loop.end - loop.start > 3_000) return;
  const walker = walkerOf(loop, context);
  const owner = functionAround(loop);
  if (walker === undefined || owner === undefined || owner.end - owner.start > 5_000) return;
  const text = context.textOf(owner);
  if (/__proto__|hasOwn|isPrototype|prototype['"`]|Object\.create\(\s*null|new Map\b|\.get\(/.test(text))
    return;
  // Only what others name is a way to the prototype.
  if (!/\.split\(|\bpath\b|\bkeys?\b|\bprops?\b/i.test(text)) return;
  const write = nodesIn(owner).find(node => {
    const left = node.type === 'assignment_expression' ? node.child('left') : undefined;
    const object = left?.type === 'subscript_expression' ? left.child('object') : undefined;
    const index = left?.child('index');
    return (
      object !== undefined &&
      context.textOf(object) === walker &&
      index !== undefined &&
      !/^(?:string|number)$/.test(index.type) &&
      !/(?:^|\.)[A-Z_\d]+$/.test(context.textOf(index)) &&
      !/^(?:number|true|false|null)$/.test(node.child('right')?.type ?? '') &&
      !isFilling(node, walker, context)
    );
  });
  if (write === undefined) return;
  context.report(write, {
    message: 'The keys on the way here can lead to the prototype of all objects.',
  });
}

/** `keys.reduce((at, key, i) => (at[key] = i === last ? value : at[key] || {}), object)`. */
function checkReduce(node: SyntaxNode, context: RuleContext): void {
  if (node.end - node.start > 1_000) return;
  const text = context.textOf(node);
  if (!/\.split\(|\b(?:path|keys?|props?)\b/i.test(text) || /__proto__|hasOwn|prototype/.test(text)) return;
  // The step is made possible, and something else is written there in the end.
  const step = /(\w+)\[(\w+)\]\s*=\s*\(?\s*\1\[\2\]\s*(?:\|\||\?\?)\s*\{\s*\}/.exec(text);
  const written = /(\w+)\[\w+\]\s*=(?!=)\s*(?!\(?\s*\1\[)/.exec(text);
  if (step === null || written === null) return;
  context.report(node, {
    message: 'The keys on the way here can lead to the prototype of all objects.',
  });
}

/** The variable that steps into itself: `at = at[key]`. */
function walkerOf(loop: SyntaxNode, context: RuleContext): string | undefined {
  for (const node of nodesIn(loop)) {
    if (node.type !== 'assignment_expression') continue;
    const left = node.child('left');
    let right = node.child('right');
    while (right?.type === 'parenthesized_expression' || right?.type === 'assignment_expression') {
      right = right.type === 'assignment_expression' ? right.child('left') : right.inner;
    }
    if (left?.type !== 'identifier' || right?.type !== 'subscript_expression') continue;
    const object = right.child('object');
    const index = right.child('index');
    if (object === undefined || index === undefined || /^(?:string|number)$/.test(index.type)) continue;
    const name = context.textOf(left);
    // `node = node[0]` of lists and `node = children[i]` of trees write no names.
    if (context.textOf(object) === name) return name;
  }
  return undefined;
}

/** `at[key] = at[key] || {}` makes a step possible; it is no write of a value. */
function isFilling(node: SyntaxNode, walker: string, context: RuleContext): boolean {
  const right = node.child('right');
  return (
    right !== undefined &&
    (/^\{\s*\}$/.test(context.textOf(right)) || context.textOf(right).startsWith(`${walker}[`))
  );
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let at = node.parent;
  while (at && !/function|method_definition/.test(at.type)) at = at.parent;
  return at;
}

function nodesIn(root: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined && found.length < 3_000; node = pending.pop()) {
    found.push(node);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child) pending.push(child);
    }
  }
  return found;
}

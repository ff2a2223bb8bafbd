import type { SyntaxNode } from '../../syntax/node.ts';

/** What the value of an expression is for, by the names of what it is assigned to and of the function around it. */
export function namesAround(node: SyntaxNode, textOf: (node: SyntaxNode) => string): string[] {
  const names: string[] = [];
  let at: SyntaxNode | undefined = node;
  for (let step = 0; at !== undefined && step < 60; step++, at = at.parent) {
    const child =
      at.type === 'assignment' || at.type === 'augmented_assignment'
        ? at.child('left')
        : at.type === 'keyword_argument' || at.type === 'named_expression'
          ? at.child('name')
          : at.type === 'pair'
            ? at.child('key')
            : at.type === 'function_definition'
              ? at.child('name')
              : undefined;
    if (child && child.end - child.start < 80) names.push(snake(textOf(child)));
    if (at.type === 'function_definition') break;
  }
  return names;
}

function snake(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}

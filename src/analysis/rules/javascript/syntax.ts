import type { SyntaxNode } from '../../syntax/node.ts';

/** The key and the value of `key: value`, `x.key = value`, `x['key'] = value`; `undefined` for other nodes. */
export function keyAndValue(
  node: SyntaxNode,
  textOf: (node: SyntaxNode) => string,
): { key: string; keyNode: SyntaxNode; value: SyntaxNode } | undefined {
  if (node.type === 'pair') {
    const keyNode = node.child('key');
    const value = node.child('value');
    return keyNode && value ? { key: unquoted(textOf(keyNode)), keyNode, value } : undefined;
  }
  if (node.type !== 'assignment_expression') return undefined;
  const left = node.child('left');
  const value = node.child('right');
  const keyNode = left?.child('property') ?? left?.child('index');
  return keyNode && value ? { key: unquoted(textOf(keyNode)), keyNode, value } : undefined;
}

function unquoted(text: string): string {
  return /^['"`].*['"`]$/.test(text) ? text.slice(1, -1) : text;
}

/** Written as no: `false`, `0`, `!1`. */
export function isWrittenFalse(text: string): boolean {
  return /^(?:false|0|!\s*[1-9])$/.test(text);
}

/** Written as yes: `true`, `1`, `!0`. */
export function isWrittenTrue(text: string): boolean {
  return /^(?:true|1|!\s*0)$/.test(text);
}

/** The statement, pair or declarator a node stands in, which says what its value is for. */
export function namesAround(node: SyntaxNode, textOf: (node: SyntaxNode) => string): string[] {
  const names: string[] = [];
  const add = (child: SyntaxNode | undefined): void => {
    if (child && child.end - child.start < 80) names.push(textOf(child));
  };
  let at: SyntaxNode | undefined = node;
  for (let step = 0; at !== undefined && step < 40; step++, at = at.parent) {
    switch (at.type) {
      case 'variable_declarator':
        add(at.child('name'));
        break;
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        add(at.child('left'));
        break;
      case 'pair':
        add(at.child('key'));
        break;
      case 'public_field_definition':
      case 'field_definition':
        add(at.child('name') ?? at.child('property'));
        break;
      case 'function_declaration':
      case 'method_definition':
        add(at.child('name'));
        return names;
      default:
        break;
    }
  }
  return names;
}

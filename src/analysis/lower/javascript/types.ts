import type { Value } from '../../ir/index.ts';
import { decodeName } from '../../syntax/literal.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';
import { reference } from './references.ts';

/** Types that say the same of a value as the one in their brackets. */
const WRAPPERS = new Set([
  'Promise',
  'PromiseLike',
  'Readonly',
  'Partial',
  'Required',
  'NonNullable',
  'Awaited',
]);

/** What a type names: `string`, `Request`, `http.Server`; of a union with nothing the other side. */
export function lowerType(node: SyntaxNode | undefined, cx: Context): Value | undefined {
  let at = node;
  for (let step = 0; at !== undefined && step < 20; step++) {
    switch (at.type) {
      case 'type_annotation':
      case 'parenthesized_type':
      case 'readonly_type':
        at = at.inner;
        break;
      case 'identifier':
      case 'type_identifier':
      case 'predefined_type':
        return reference(at, decodeName(cx.textOf(at)), cx);
      case 'nested_type_identifier':
      case 'nested_identifier': {
        const object = lowerType(at.child('module') ?? at.child('object'), cx);
        const name = at.child('name') ?? at.child('property');
        return object && name ? { kind: 'member', node: at, object, key: cx.textOf(name) } : undefined;
      }
      case 'generic_type': {
        const name = at.child('name');
        if (name === undefined || !WRAPPERS.has(cx.textOf(name))) at = name;
        else at = at.child('type_arguments')?.inner;
        break;
      }
      case 'union_type': {
        const sides: SyntaxNode[] = at.children.filter(child => !isNothing(child, cx));
        at = sides.length === 1 ? sides[0] : undefined;
        break;
      }
      case 'member_expression': {
        const object = lowerType(at.child('object'), cx);
        const key = at.child('property');
        return object && key ? { kind: 'member', node: at, object, key: cx.textOf(key) } : undefined;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

function isNothing(node: SyntaxNode, cx: Context): boolean {
  return node.type === 'literal_type' && /^(?:null|undefined)$/.test(cx.textOf(node));
}

import type { Value } from '../../ir/index.ts';
import type { SyntaxNode } from '../../syntax/node.ts';
import type { Context } from './context.ts';

/** Wrappers that say nothing of what the value is. */
const WRAPPERS = new Set([
  'Optional',
  'Annotated',
  'Final',
  'ClassVar',
  'Required',
  'NotRequired',
  'Awaitable',
  'Union',
]);

/** What a type annotation names; `undefined` when it names nothing in particular. */
export function lowerType(node: SyntaxNode | undefined, context: Context): Value | undefined {
  let current = node;
  for (let depth = 0; current !== undefined && depth < 20; depth++) {
    switch (current.type) {
      case 'type':
      case 'parenthesized_expression':
        current = current.inner;
        continue;
      case 'identifier':
        return context.reference(current, context.textOf(current));
      case 'attribute':
      case 'member_type':
        return nameIn(current, context.textOf(current), context);
      case 'string':
        return nameIn(current, context.textOf(current).replace(/^[rRbBuU]*['"]+|['"]+$/g, ''), context);
      case 'generic_type': {
        const [name, parameters] = current.children;
        if (name === undefined) return undefined;
        if (!isWrapper(context.textOf(name))) {
          current = name;
          continue;
        }
        current = firstThatNames(parameters?.children ?? [], context);
        continue;
      }
      case 'subscript': {
        const name = current.child('value');
        if (name === undefined) return undefined;
        if (!isWrapper(context.textOf(name))) {
          current = name;
          continue;
        }
        current = firstThatNames(
          current.children.filter(child => child.field === 'subscript'),
          context,
        );
        continue;
      }
      case 'binary_operator':
      case 'union_type':
        current = firstThatNames(
          current.children.filter(child => child.field !== 'operator'),
          context,
        );
        continue;
      default:
        return undefined;
    }
  }
  return undefined;
}

function isWrapper(name: string): boolean {
  return WRAPPERS.has(name.slice(name.lastIndexOf('.') + 1));
}

function firstThatNames(nodes: readonly SyntaxNode[], context: Context): SyntaxNode | undefined {
  return nodes.find(node => !/^(?:None|'None'|"None")$/.test(context.textOf(node)));
}

/** `Request`, `http.Request` or `Optional["Request"]` out of an annotation that is text. */
function nameIn(node: SyntaxNode, text: string, context: Context): Value | undefined {
  let inner = text.trim();
  for (let depth = 0; depth < 4; depth++) {
    const [, name = '', parameter] =
      /^([\w.]+)\s*(?:\[\s*([^\],]*).*)?$/s.exec(inner.split('|')[0]?.trim() ?? '') ?? [];
    if (parameter === undefined || !isWrapper(name)) {
      inner = name;
      break;
    }
    inner = parameter.trim();
  }
  const [first, ...rest] = inner.split('.');
  if (first === undefined || !/^[A-Za-z_]/.test(first)) return undefined;
  let value = context.reference(node, first);
  for (const key of rest) value = { kind: 'member', node, object: value, key };
  return value;
}
